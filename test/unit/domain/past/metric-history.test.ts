import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile95 } from '../../../../domain/past/metric-history';

describe('the 95th percentile', () => {
  it('is the nearest rank', () => {
    expect(percentile95([])).toBeNull();
    expect(percentile95([7])).toBe(7);
    expect(percentile95([20, ...Array.from({ length: 19 }, (_, n) => n)])).toBe(18);
    expect(percentile95([10, 9, 100])).toBe(100);
  });

  it('is a value that at least 95 % do not exceed, and the smallest such', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (values) => {
        const found = percentile95(values);
        const within = (limit: number): number => values.filter((value) => value <= limit).length;
        expect(values).toContain(found);
        expect(within(found ?? -1)).toBeGreaterThanOrEqual(0.95 * values.length);
        expect(within((found ?? 0) - 1)).toBeLessThan(0.95 * values.length);
      }),
    );
  });
});
