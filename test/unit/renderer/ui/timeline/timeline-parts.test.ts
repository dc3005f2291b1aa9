import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateLanesOf, type StateLane } from '../../../../../domain/model/state-lane';
import { barsOf } from '../../../../../renderer/ui/timeline/bars';
import { laneAt, lanesHeight, lanesOf } from '../../../../../renderer/ui/timeline/lanes';
import { edgeNear, markedTypes, marksOf } from '../../../../../renderer/ui/timeline/event-marks';
import { msOf, ticksOf, xOf, zoomed } from '../../../../../renderer/time/time-scale';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const fromMs = Date.UTC(2026, 10, 22);
const day = 86_400_000;
const scale = { fromMs, toMs: fromMs + day, widthPx: 1000 };

type State = [state: string, fromMs: number, toMs: number | null];

function laneOf(states: State[]): StateLane {
  const spans = states.map(([state, from, to]) => ({
    kind: 'cluster-health' as const,
    subjectId: 'fra-01',
    state,
    fromMs: from,
    toMs: to,
  }));
  return (
    stateLanesOf(spans)[0] ?? { kind: 'cluster-health', subjectId: '', states: [], fromMs: [], toMs: [] }
  );
}

describe('a scale of time', () => {
  it('keeps the instant under the pointer where it is when zooming', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (factor, x) => {
          const anchor = msOf(scale, x);
          const next = { ...zoomed(scale, factor, anchor), widthPx: scale.widthPx };
          expect(xOf(next, anchor)).toBeCloseTo(x, 3);
        },
      ),
    );
  });

  it('has ticks on round times, far enough apart, at every length', () => {
    for (const lengthMs of [2_000, 60_000, 1_800_000, day, 9 * day, 60 * day, 365 * day]) {
      for (const zone of ['utc', 'local'] as const) {
        const range = { fromMs: fromMs + 12_345, toMs: fromMs + 12_345 + lengthMs, widthPx: 1200 };
        const { ticks } = ticksOf(range, zone);
        expect(ticks.length, `${lengthMs} ${zone}`).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(20);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.ms % 1000).toBe(0);
          if (index > 0)
            expect(xOf(range, tick.ms) - xOf(range, ticks[index - 1]?.ms ?? 0)).toBeGreaterThan(40);
        }
      }
    }
  });
});

describe('the bars of a lane', () => {
  it('count states that are too short to be seen, and wear the worst', () => {
    const bars = barsOf(
      laneOf([
        ['up', fromMs, fromMs + day / 2],
        ['degraded', fromMs + day / 2, fromMs + day / 2 + 1000],
        ['no-active-lb', fromMs + day / 2 + 1000, fromMs + day / 2 + 3000],
        ['up', fromMs + day / 2 + 3000, null],
      ]),
      scale,
      fromMs + day,
    );
    expect(bars.map(({ state, count }) => [state, count])).toEqual([
      ['up', 1],
      ['no-active-lb', 2],
      ['up', 1],
    ]);
  });

  it('leave no state out, however many there are', () => {
    const state = fc.constantFrom('up', 'degraded', 'down', 'unknown', 'no-active-lb');
    fc.assert(
      fc.property(
        fc.array(fc.record({ state, ms: fc.integer({ min: 1, max: day / 10 }) }), { maxLength: 300 }),
        (parts) => {
          let at = fromMs;
          const states = parts.map((part): State => [part.state, at, (at += part.ms)]);
          const shown = states.filter(([, from]) => from < scale.toMs);
          const bars = barsOf(laneOf(states), scale, at);
          expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(shown.length);
        },
      ),
    );
  });
});

describe('the marks of events', () => {
  it('group what shares pixels, and each event in the range is in exactly one group', () => {
    const now = fromMs + day;
    const events = madeHistory(now);
    const idsOf = (groups: ReturnType<typeof marksOf>): number[] =>
      groups.flatMap(({ marks }) => marks.map(({ recorded }) => recorded.id)).sort((a, b) => a - b);
    for (const range of [
      { fromMs: now - 30 * day, toMs: now, widthPx: 600 },
      { fromMs: now - 1_800_000, toMs: now, widthPx: 1200 },
    ]) {
      const marked = events.filter(({ event }) => {
        if (!markedTypes.includes(event.type) || !('clusterId' in event) || event.clusterId === null)
          return false;
        const [beganMs, overMs] =
          'bracket' in event && event.bracket
            ? [event.bracket.lastOldMs, event.bracket.firstNewMs]
            : [event.timeMs, event.timeMs];
        return overMs >= range.fromMs && beganMs <= range.toMs;
      });
      const groups = marksOf(events, range);
      expect(marked.length).toBeGreaterThan(0);
      const ids = idsOf(groups);
      expect(new Set(ids).size).toBe(ids.length);
      // A bracket has a least width: one that was over just before the range may reach into it.
      expect(ids).toEqual(expect.arrayContaining(marked.map(({ id }) => id)));
      for (const { marks, fromX, toX } of groups) {
        expect(fromX).toBe(Math.min(...marks.map((mark) => mark.fromX)));
        expect(toX).toBe(Math.max(...marks.map((mark) => mark.toX)));
      }
    }
    expect(
      marksOf(events, { fromMs: now - 30 * day, toMs: now, widthPx: 600 }).some(
        ({ marks }) => marks.length > 1,
      ),
    ).toBe(true);
  });
});

describe('what is pointed at', () => {
  it('is the end of a mark nearby in the same lane, else no mark', () => {
    const now = fromMs + day;
    const failover = madeHistory(now).find(({ event }) => event.type === 'failover');
    if (failover?.event.type !== 'failover') throw new Error('the made history has no failover');
    const { bracket, clusterId } = failover.event;
    const near = { fromMs: bracket.lastOldMs - 2000, toMs: bracket.firstNewMs + 2000, widthPx: 1000 };
    const groups = marksOf([failover], near);
    expect(edgeNear(groups, clusterId, xOf(near, bracket.lastOldMs) - 3)).toBe(bracket.lastOldMs);
    expect(edgeNear(groups, clusterId, xOf(near, bracket.firstNewMs) + 3)).toBe(bracket.firstNewMs);
    expect(edgeNear(groups, clusterId, xOf(near, bracket.lastOldMs) - 20)).toBeNull();
    expect(edgeNear(groups, 'another', xOf(near, bracket.lastOldMs))).toBeNull();
  });
});

describe('the lanes', () => {
  const fleet = fleetInAllStates(fromMs);

  it('are one a cluster, and all of an open one', () => {
    const closed = lanesOf(fleet, new Set());
    expect(closed).toHaveLength(fleet.length);
    const open = lanesOf(fleet, new Set(['fra-02']));
    expect(open.length - closed.length).toBe(2 + 8 + 1 + 8);
    expect(open.filter(({ kind }) => kind === 'role')).toHaveLength(8);
  });

  it('are found by their height', () => {
    const lanes = lanesOf(fleet, new Set(['fra-02', 'gru-01']));
    for (const lane of lanes) {
      expect(laneAt(lanes, lane.topPx)?.key).toBe(lane.key);
      expect(laneAt(lanes, lane.topPx + lane.heightPx - 0.5)?.key).toBe(lane.key);
    }
    expect(laneAt(lanes, lanesHeight(lanes))).toBeNull();
  });
});
