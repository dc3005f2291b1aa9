import { describe, expect, it } from 'vitest';
import { makeFault } from '../../../../../demo/faults/fault';
import { ClusterTraffic } from '../../../../../demo/traffic/cluster-traffic';
import { UserLoad } from '../../../../../demo/traffic/load';
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

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** The same load, read every ten seconds for so long, going on from `before`. */
function lasting(seconds: number, load: EdgeLoad[], before = newImbalanceTrack, fromMs = 0): ImbalanceTrack {
  let track = before;
  for (let at = 0; at <= seconds; at += 10) track = observeImbalance(track, load, fromMs + at * 1000);
  return track;
}
const uneven = edges([90, 30, 30, 30]);
const found = (track: ImbalanceTrack): boolean => imbalanceReason(track) !== null;

describe('an imbalance', () => {
  it('is found when shares stray far from even for a minute, and names the edge and its share', () => {
    expect(imbalanceReason(lasting(50, uneven))).toBeNull();
    expect(imbalanceReason(lasting(60, uneven))).toMatchObject({
      code: 'imbalance',
      fact: 'e1 carries 50 % of the traffic, where 25 % would be even.',
    });
  });

  it('is an edge with too little just as well', () => {
    expect(imbalanceReason(lasting(60, edges([1, 50, 50, 50])))?.fact).toMatch(/^e1 carries 1 %/);
    expect(imbalanceReason(lasting(60, edges([0, 50, 50, 50])))?.fact).toMatch(/^e1 carries almost none/);
  });

  it.each(range(2, 16))('is found on %i edges, and ends, however many share the traffic', (count) => {
    const others = Array.from({ length: count - 1 }, () => 40);
    const [even, none, triple] = [40, 0, 120].map((first) => edges([first, ...others]));
    expect(found(lasting(300, even!))).toBe(false);
    for (const load of [none!, triple!]) {
      const track = lasting(60, load);
      expect(imbalanceReason(track)?.fact).toMatch(/^e1 carries/);
      expect(found(lasting(120, even!, track, 70_000))).toBe(false);
    }
  });

  it.each(range(2, 16))('is what the demo’s fault makes of %i edges, and only then', (count) => {
    const names = Array.from({ length: count }, (_, at) => `e${at + 1}`);
    const load = new UserLoad(40e6 * count, 0, () => 0.5);
    const traffic = new ClusterTraffic(7, names, load, false, 0);
    const state = (weight: number) => ({ powered: true, serving: true, lbInterfaceUp: true, weight });
    names.forEach((_, at) => traffic.setEdge(at, state(1), 0));
    traffic.setHolder(0, 0);
    let track = newImbalanceTrack;
    const run = (fromMs: number, toMs: number): void => {
      for (let at = fromMs; at < toMs; at += 2_000)
        track = observeImbalance(
          track,
          edges(names.map((_, e) => traffic.requestBitsPerSecond(e, at) / 1e6)),
          at,
        );
    };
    run(0, 300_000);
    expect(found(track)).toBe(false);
    const { weight } = makeFault(1, 'imbalance', { kind: 'imbalance', cluster: 'c' }, 'e2', names, 0)
      .effects[0]!.change;
    traffic.setEdge(1, state(weight!), 300_000);
    run(300_000, 540_000);
    expect(imbalanceReason(track)?.fact).toMatch(count === 2 ? /^e[12] carries/ : /^e2 carries/);
  });

  it('needs the whole minute: even in between begins it anew', () => {
    const broken = observeImbalance(lasting(50, uneven), edges([30, 30, 30, 30]), 55_000);
    expect(found(lasting(50, uneven, broken, 60_000))).toBe(false);
  });

  it('is not made of a pause in monitoring', () => {
    const before = observeImbalance(newImbalanceTrack, uneven, 0);
    expect(found(observeImbalance(before, uneven, 600_000))).toBe(false);
  });

  it('ends after a minute of nearly even shares, not on the line', () => {
    const track = lasting(60, uneven);
    // 48 % above even: neither an imbalance, were it new, nor its end.
    expect(found(lasting(600, edges([37, 21, 21, 21]), track, 70_000))).toBe(true);
    const even = edges([31, 30, 29, 30]);
    expect(found(lasting(50, even, track, 70_000))).toBe(true);
    expect(found(lasting(60, even, track, 70_000))).toBe(false);
  });

  it('that comes and goes is one that lasts', () => {
    let [track, changes, was] = [newImbalanceTrack, 0, false];
    const even = edges([30, 30, 30, 30]);
    for (let at = 0; at < 3_600_000; at += 10_000) {
      track = observeImbalance(track, at % 200_000 < 100_000 ? uneven : even, at);
      if (found(track) !== was) changes += 1;
      was = found(track);
    }
    expect(changes).toBeLessThanOrEqual(3);
  });

  it('is not an edge that fills up again after it was away', () => {
    let track = lasting(30, edges([30, 30, 30, 30]));
    track = lasting(60, edges([0, 40, 40, 40], 'down'), track, 40_000);
    track = lasting(240, edges([2, 40, 40, 40]), track, 110_000);
    expect(found(track)).toBe(false);
    // Two edges: the other one must not be blamed for carrying what the first does not yet.
    track = lasting(30, edges([0, 60], 'unknown'), lasting(10, edges([30, 30])), 20_000);
    expect(found(lasting(240, edges([1, 59]), track, 60_000))).toBe(false);
    // It stays empty for longer than users take to return.
    expect(found(lasting(600, edges([1, 59]), track, 60_000))).toBe(true);
  });

  it('is found among those that serve, while another edge is down or its traffic unknown', () => {
    expect(imbalanceReason(lasting(60, edges([0, 90, 30, 30, 30], 'down')))?.fact).toBe(
      'e2 carries 50 % of the traffic, where 25 % would be even.',
    );
    expect(imbalanceReason(lasting(60, edges([null, 90, 30, 30, 30])))?.fact).toMatch(/^e2 carries/);
  });

  it('may have other limits for a cluster or an edge', () => {
    const limits = { imbalanceBelowPercent: 50, imbalanceAbovePercent: 250 };
    expect(
      found(
        lasting(
          120,
          uneven.map((edge) => ({ ...edge, limits })),
        ),
      ),
    ).toBe(false);
  });

  it.each([
    ['hardly anybody uses it', edges([0.09, 0.03, 0.03, 0.03])],
    ['few users are spread over many edges', edges([0.9, ...Array.from({ length: 15 }, () => 0.05)])],
    ['one edge serves', edges([0, 90], 'down')],
    ['the traffic of one edge only is known', edges([90, null])],
    ['there is one edge', edges([90])],
  ])('is not found where %s', (_, load) => {
    expect(found(lasting(120, load))).toBe(false);
  });
});
