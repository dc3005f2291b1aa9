import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesSteps } from '../../../../db/query/series-steps';

describe('seriesSteps', () => {
  it('covers the whole range with steps of one length, no more than were asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000_000),
        fc.nat(40_000_000_000),
        fc.integer({ min: 1, max: 4000 }),
        (fromMs, rangeMs, points) => {
          const made = seriesSteps({ fromMs, toMs: fromMs + rangeMs, points });
          const { times, stepMs, fromMs: startMs } = made;
          const unitMs = { sample: 1, minute: 60_000, hour: 3_600_000 }[made.level];
          expect([stepMs % unitMs, startMs % unitMs]).toEqual([0, 0]);
          expect(stepMs).toBeGreaterThanOrEqual(unitMs);
          expect(startMs).toBeLessThanOrEqual(fromMs);
          expect(startMs).toBeGreaterThan(fromMs - unitMs);
          expect(times[0]).toBe(startMs);
          expect(times.length).toBeGreaterThan(0);
          expect(times.length).toBeLessThanOrEqual(points);
          const last = times.at(-1) ?? Number.NaN;
          expect(last + stepMs).toBeGreaterThanOrEqual(fromMs + rangeMs);
          if (times.length > 1) expect(last).toBeLessThan(fromMs + rangeMs);
          expect(times.every((time, step) => time === startMs + step * stepMs)).toBe(true);
        },
      ),
    );
  });
});
