import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantizedCode, quantized, valueOfCode } from '../../../../db/codec/quantize';

const stored = fc.oneof(fc.nat({ max: 5000 }), fc.maxSafeNat());

describe('The kept resolution', () => {
  it('is never off by more than one part in 1,024, and exact below 1,024', () => {
    fc.assert(
      fc.property(stored, (value) => {
        const kept = quantized(value);
        expect(Math.abs(kept - value)).toBeLessThanOrEqual(value < 1024 ? 0 : value / 1024);
        expect(Number.isInteger(kept)).toBe(true);
      }),
    );
  });

  it('keeps what is kept already', () => {
    fc.assert(
      fc.property(stored, (value) => {
        expect(quantized(quantized(value))).toBe(quantized(value));
      }),
    );
  });

  it('has codes without holes that grow with the value', () => {
    const codes = Array.from({ length: 22_528 }, (_, code) => code);
    expect(codes.filter((code) => quantizedCode(valueOfCode(code)) !== code)).toEqual([]);
    expect(codes.filter((code) => code > 0 && valueOfCode(code) <= valueOfCode(code - 1))).toEqual([]);
    fc.assert(
      fc.property(stored, stored, (one, other) => {
        if (one <= other) expect(quantizedCode(one)).toBeLessThanOrEqual(quantizedCode(other));
      }),
    );
  });

  it('gives the codes that the format names', () => {
    expect([0, 1023, 1024, 2047, 2048, 1_000_000].map(quantizedCode)).toEqual([
      0, 1023, 1024, 1536, 1536, 6097,
    ]);
    expect(valueOfCode(6097)).toBe(1_000_448);
  });
});
