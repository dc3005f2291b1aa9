import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeRange } from '../../../../../domain/model/history';
import { stateLanesOf } from '../../../../../domain/model/state-lane';
import {
  joined,
  laneKey,
  noData,
  toRead,
  type TimelineData,
} from '../../../../../renderer/ui/timeline/timeline-data';

const endMs = 100_000_000;

interface History {
  turnsMs: number[];
  gap: TimeRange;
}

/** A history of one lane whose state turns at these times, as it is known at `knownMs`. */
function read(history: History, { fromMs, toMs }: TimeRange, knownMs: number): TimelineData {
  const turns = history.turnsMs.filter((ms) => ms <= knownMs);
  const spans = turns.map((ms, index) => ({
    kind: 'cluster-health' as const,
    subjectId: 'a',
    state: index % 2 ? 'down' : 'up',
    fromMs: ms,
    toMs: turns[index + 1] ?? null,
  }));
  const within = spans.filter((span) => span.fromMs < toMs && (span.toMs === null || span.toMs > fromMs));
  const gap = { fromMs: Math.max(history.gap.fromMs, fromMs), toMs: Math.min(history.gap.toMs, toMs) };
  return {
    fromMs,
    toMs,
    subjectIds: new Set(['a']),
    lanesBy: new Map(stateLanesOf(within).map((lane) => [laneKey(lane.kind, lane.subjectId), lane])),
    sourced: [],
    gaps:
      gap.toMs > gap.fromMs ? [{ ...gap, reason: 'suspended', words: 'It slept.', clusterIds: null }] : [],
    outages: within
      .filter(({ state }) => state === 'down')
      .map((span) => ({
        clusterId: 'a',
        kind: 'no-serving-edge',
        fromMs: span.fromMs,
        toMs: span.toMs,
        // One that lasts is measured until the end of the range.
        certain: [{ fromMs: span.fromMs, toMs: span.toMs ?? toMs }],
        lengthMs: { atLeast: 0, atMost: (span.toMs ?? toMs) - span.fromMs },
      })),
    events: turns
      .filter((ms) => ms >= fromMs && ms < toMs)
      .map((timeMs) => ({ id: timeMs, event: { type: 'start', timeMs } as never }))
      .reverse(),
    eventsRead: true,
    cut: false,
  };
}

const rangeArbitrary = fc
  .tuple(fc.integer({ min: 0, max: endMs }), fc.integer({ min: 1000, max: endMs / 4 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: Math.min(endMs, fromMs + length) }))
  .filter(({ fromMs, toMs }) => toMs > fromMs);

describe('what the timeline holds', () => {
  it('is, however it was put together, what one reading of it would be', () => {
    const historyArbitrary = fc.record({
      turnsMs: fc.uniqueArray(fc.integer({ min: 0, max: endMs }), { minLength: 1, maxLength: 60 }),
      gap: rangeArbitrary,
    });
    fc.assert(
      fc.property(
        historyArbitrary,
        fc.array(rangeArbitrary, { minLength: 1, maxLength: 12 }),
        (made, wishes) => {
          const history = { ...made, turnsMs: [...made.turnsMs].sort((a, b) => a - b) };
          let held = noData;
          for (const wanted of wishes) {
            const { parts, keep } = toRead(held, wanted);
            let next = keep ? held : null;
            for (const part of parts) {
              const later = read(history, part, endMs);
              next = next === null ? later : joined(next, later);
            }
            held = next ?? noData;
            expect(held.fromMs).toBeLessThanOrEqual(wanted.fromMs);
            expect(held.toMs).toBeGreaterThanOrEqual(wanted.toMs);
            const outages = held.outages.toSorted((a, b) => a.fromMs - b.fromMs);
            expect({ ...held, outages }).toEqual(read(history, held, endMs));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('learns that a state has ended which lasted when it was read', () => {
    const history = { turnsMs: [1_000_000, 6_000_000], gap: { fromMs: 0, toMs: 0 } };
    const before = read(history, { fromMs: 0, toMs: 5_900_000 }, 5_900_000);
    expect([...before.lanesBy.values()][0]?.toMs).toEqual([null]);
    const { parts, keep } = toRead(before, { fromMs: 0, toMs: 6_100_000 });
    expect(keep).toBe(true);
    const [part] = parts;
    const after = joined(before, read(history, part ?? noData, 6_100_000));
    expect([...after.lanesBy.values()][0]?.toMs).toEqual([6_000_000, null]);
  });

  it('lets go a gap that was none: what was seen came into the history later', () => {
    const turnsMs = [1_000_000];
    const hole = { fromMs: 2_000_000, toMs: 6_000_000 };
    const held = read({ turnsMs, gap: hole }, { fromMs: 0, toMs: 6_000_000 }, 6_000_000);
    expect(held.gaps).toHaveLength(1);
    const none = { fromMs: 0, toMs: 0 };
    const after = joined(
      held,
      read({ turnsMs, gap: none }, { fromMs: 1_500_000, toMs: 7_000_000 }, 7_000_000),
    );
    expect(after.gaps).toEqual([]);
    const part = joined(
      held,
      read({ turnsMs, gap: none }, { fromMs: 4_000_000, toMs: 7_000_000 }, 7_000_000),
    );
    expect(part.gaps.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([[2_000_000, 4_000_000]]);
  });

  it('ends a state that another follows, although its end was not read', () => {
    const lane = (states: string[], fromMs: number[], toMs: (number | null)[]) => {
      const made = { kind: 'cluster-health' as const, subjectId: 'a', states, fromMs, toMs };
      return new Map([[laneKey('cluster-health', 'a'), made]]);
    };
    const held = { ...noData, fromMs: 0, toMs: 100, lanesBy: lane(['up'], [10], [null]) };
    const later = { ...noData, fromMs: 90, toMs: 200, lanesBy: lane(['down'], [150], [null]) };
    const [both] = [...joined(held, later).lanesBy.values()];
    expect(both).toMatchObject({ states: ['up', 'down'], fromMs: [10, 150], toMs: [150, null] });
  });

  it('is read whole where events were left out, and where most of it is missing', () => {
    const held = { ...noData, fromMs: 1000, toMs: 2000 };
    expect(toRead({ ...held, cut: true }, { fromMs: 1200, toMs: 1300 })).toEqual({
      parts: [{ fromMs: 1200, toMs: 1300 }],
      keep: false,
    });
    expect(toRead(held, { fromMs: 1500, toMs: 9000 }).keep).toBe(false);
    expect(toRead(held, { fromMs: 1100, toMs: 1900 })).toEqual({ parts: [], keep: true });
  });

  it('has its last ten minutes read again with what comes after: what tells of them may have been written later', () => {
    const held = { ...noData, fromMs: 0, toMs: 3_600_000 };
    expect(toRead(held, { fromMs: 1_800_000, toMs: 3_660_000 })).toEqual({
      parts: [{ fromMs: 3_000_000, toMs: 3_660_000 }],
      keep: true,
    });
  });
});
