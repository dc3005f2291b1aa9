import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantized } from '../../../../db/codec/quantize';
import { fromStored, metrics, scales, toStored } from '../../../../db/codec/sample-scale';

const metric = fc.constantFrom(...metrics);

describe('The scale of samples', () => {
  it('gives every kept whole number back exactly', () => {
    fc.assert(
      fc.property(metric, fc.nat({ max: 1_000_000_000_000 }), (name, whole) => {
        const stored = quantized(whole);
        const value = fromStored(name, stored);
        expect(toStored(name, value)).toBe(stored);
      }),
    );
  });

  it('is never off by more than half a stored unit, or 0.1 % of a large value', () => {
    fc.assert(
      fc.property(metric, fc.double({ min: 0, max: 1e11, noNaN: true }), (name, value) => {
        const back = fromStored(name, toStored(name, value)) ?? Number.NaN;
        const whole = value * scales[name].perUnit;
        const mostOff = whole < 1023 ? 0.5 + 1e-9 : 0.5 + (whole + 0.5) / 1024;
        expect(Math.abs(back - value)).toBeLessThanOrEqual(mostOff / scales[name].perUnit);
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
    expect(toStored('cpuPercent', 8.34)).toBe(834);
    expect(toStored('latencyMs', 0.2345)).toBe(235);
    expect(toStored('proxyInBitsPerSecond', 1_000_000)).toBe(1_000_448);
    expect(fromStored('swapPercent', 5000)).toBe(50);
  });
});
