import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesColumns } from '../../../../domain/model/history';
import type { Sample } from '../../../../db/model/history-batch';
import { readSeries } from '../../../../db/query/read-series';
import { seriesOf } from '../../../fixtures/history/fake-past';
import { anUnansweredSample, aSample } from '../../../fixtures/history/history-entries';
import { SealedHistory } from '../../../fixtures/history/compacted-history';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** The last days of a month and the first of the next. */
const startMs = Date.UTC(2026, 9, 30);
const endMs = startMs + 4 * dayMs;
const edgeIds = ['e1', 'e2'];

/** Samples every ten minutes or so, with hours in which nobody looked, and polls that were not answered. */
function someSamples(seed: number): Sample[] {
  const samples: Sample[] = [];
  for (const [index, edgeId] of edgeIds.entries()) {
    let state = seed * 7919 + index;
    for (let atMs = startMs + index * 1234; atMs < endMs;) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const drawn = state >>> 16;
      // Below 1,024 every value is kept exactly.
      const sessions = drawn % 11 === 0 ? null : drawn % 1000;
      samples.push(drawn % 17 === 0 ? anUnansweredSample(edgeId, atMs) : aSample(edgeId, atMs, { sessions }));
      atMs += drawn % 50 === 0 ? 5 * hourMs : 1 + (drawn % (20 * minuteMs));
    }
  }
  return samples;
}

function exactPart({ min, max, count, unknown }: SeriesColumns): object {
  return { min, max, count, unknown };
}

describe('A series across hot samples, sealed hours, days and months', () => {
  it('is the series of all samples, whatever of them is sealed', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 0, max: 5 * 24 }),
        fc.integer({ min: 0, max: 5 * 24 }),
        fc.array(
          fc.record({
            fromMs: fc.integer({ min: startMs - hourMs, max: endMs }),
            rangeMs: fc.oneof(fc.integer({ min: 1, max: hourMs }), fc.integer({ min: 1, max: 4 * dayMs })),
            points: fc.constantFrom(1, 3, 60, 600, 4000),
          }),
          { minLength: 4, maxLength: 4 },
        ),
        (seed, sealedHours, lateHours, asked) => {
          const samples = someSamples(seed);
          const history = new SealedHistory(startMs);
          // Some come only after their hour was sealed: the clock was set back.
          const late = samples.filter((_, index) => index % 9 === 0);
          history.write(samples.filter((sample) => !late.includes(sample)));
          history.seal(startMs + sealedHours * hourMs);
          history.write(late);
          history.seal(startMs + Math.min(sealedHours, lateHours) * hourMs);
          for (const { fromMs, rangeMs, points } of asked) {
            const request = { edgeIds, metric: 'sessions' as const, fromMs, toMs: fromMs + rangeMs, points };
            const expected = seriesOf(samples, request);
            const got = readSeries(history.db, request);
            expect({ ...got, byEdge: null }).toEqual({ ...expected, byEdge: null });
            for (const id of edgeIds) {
              const [columns, wanted] = [got.byEdge[id], expected.byEdge[id]];
              if (!columns || !wanted) throw new Error('an edge is missing');
              expect(exactPart(columns)).toEqual(exactPart(wanted));
              columns.avg.forEach((value, step) => {
                const known = wanted.avg[step] ?? null;
                if (value === null || known === null) expect(value).toBe(known);
                // Averages of minutes and hours are kept as whole numbers.
                else expect(Math.abs(value - known)).toBeLessThanOrEqual(1);
              });
            }
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
