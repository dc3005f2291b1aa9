import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStored, metrics, scales, toStored } from '../../../db/sample-scale';

const metric = fc.constantFrom(...metrics);

describe('The scale of samples', () => {
  it('gives every stored whole number back exactly', () => {
    fc.assert(
      fc.property(metric, fc.nat({ max: 1_000_000_000_000 }), (name, stored) => {
        const value = fromStored(name, stored);
        expect(toStored(name, value)).toBe(stored);
      }),
    );
  });

  it('is never off by more than half a stored unit', () => {
    fc.assert(
      fc.property(metric, fc.double({ min: 0, max: 1e11, noNaN: true }), (name, value) => {
        const back = fromStored(name, toStored(name, value)) ?? Number.NaN;
        expect(Math.abs(back - value)).toBeLessThanOrEqual(0.5 / scales[name].perUnit + value * 1e-15);
      }),
    );
  });

  it('keeps not known as not known, and zero as zero', () => {
    for (const name of metrics) {
      expect(toStored(name, null)).toBeNull();
      expect(fromStored(name, null)).toBeNull();
      expect(toStored(name, 0)).toBe(0);
    }
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('refuses %d, which no reading is', (value) => {
    for (const name of metrics) expect(() => toStored(name, value)).toThrow(new RegExp(`^${name} is `));
  });

  it('keeps the agents’ own resolution', () => {
    expect(toStored('cpuPercent', 12.34)).toBe(1234);
    expect(toStored('latencyMs', 1.2345)).toBe(1235);
    expect(fromStored('swapPercent', 5000)).toBe(50);
  });
});
