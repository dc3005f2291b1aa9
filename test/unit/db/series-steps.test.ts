import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesSteps } from '../../../db/series-steps';

describe('seriesSteps', () => {
  it('covers the whole range with steps of one length, no more than were asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000_000),
        fc.nat(400_000_000),
        fc.integer({ min: 1, max: 4000 }),
        (fromMs, rangeMs, points) => {
          const { times, stepMs } = seriesSteps({ fromMs, toMs: fromMs + rangeMs, points });
          expect(Number.isInteger(stepMs)).toBe(true);
          expect(times[0]).toBe(fromMs);
          expect(times.length).toBeGreaterThan(0);
          expect(times.length).toBeLessThanOrEqual(points);
          const last = times.at(-1) ?? Number.NaN;
          expect(last + stepMs).toBeGreaterThanOrEqual(fromMs + rangeMs);
          if (times.length > 1) expect(last).toBeLessThan(fromMs + rangeMs);
          expect(times.every((time, step) => time === fromMs + step * stepMs)).toBe(true);
        },
      ),
    );
  });
});
