import { describe, expect, it } from 'vitest';
import {
  imbalanceReason,
  newImbalanceTrack,
  observeImbalance,
  type EdgeLoad,
  type ImbalanceTrack,
} from '../../../../../domain/cluster/judge/imbalance';

const edges = (megabits: (number | null)[], health: EdgeLoad['health'] = 'up'): EdgeLoad[] =>
  megabits.map((load, at) => ({
    id: `e${at + 1}`,
    name: `e${at + 1}`,
    health: at === 0 ? health : 'up',
    bitsPerSecond: load === null ? null : load * 1e6,
  }));

/** The same load, read every ten seconds for so long, going on from `before`. */
function lasting(seconds: number, load: EdgeLoad[], before = newImbalanceTrack, fromMs = 0): ImbalanceTrack {
  let track = before;
  for (let at = 0; at <= seconds; at += 10) track = observeImbalance(track, load, fromMs + at * 1000);
  return track;
}
const uneven = edges([90, 30, 30, 30]);

describe('an imbalance', () => {
  it('is found when shares stray far from even for a minute, and says who carries what', () => {
    expect(imbalanceReason(lasting(50, uneven))).toBeNull();
    expect(imbalanceReason(lasting(60, uneven))).toMatchObject({
      code: 'imbalance',
      fact: 'e1 carries 50 % of the traffic, where 25 % would be even.',
    });
  });

  it('is an edge with too little just as well', () => {
    expect(imbalanceReason(lasting(60, edges([1, 50, 50, 50])))?.fact).toMatch(/^e1 carries 1 %/);
  });

  it('needs the whole minute: even in between begins it anew', () => {
    const broken = observeImbalance(lasting(50, uneven), edges([30, 30, 30, 30]), 55_000);
    expect(imbalanceReason(lasting(50, uneven, broken, 60_000))).toBeNull();
  });

  it('ends after a minute of nearly even shares, not on the line', () => {
    const found = lasting(60, uneven);
    // 12 points off: neither an imbalance, were it new, nor its end.
    expect(imbalanceReason(lasting(600, edges([37, 21, 21, 21]), found, 70_000))).not.toBeNull();
    const even = edges([31, 30, 29, 30]);
    expect(imbalanceReason(lasting(50, even, found, 70_000))).not.toBeNull();
    expect(imbalanceReason(lasting(60, even, found, 70_000))).toBeNull();
  });

  it.each([
    ['an edge is down', edges([90, 30, 30, 30], 'down')],
    ['hardly anybody uses it', edges([0.09, 0.03, 0.03, 0.03])],
    ['one edge’s traffic is not known', edges([90, null, 30, 30])],
    ['there is one edge', edges([90])],
  ])('is not told where %s', (_, load) => {
    expect(imbalanceReason(lasting(120, load))).toBeNull();
  });
});
