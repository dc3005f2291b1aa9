import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../../demo/random/seed';
import { UserLoad } from '../../../../demo/traffic/load';

const noonMs = Date.UTC(2026, 10, 22, 12);
const anyTime = fc.integer({ min: noonMs - 1e10, max: noonMs + 1e10 });
const load = new UserLoad(8_000_000, 1, randomSource(7));

describe('the users’ load', () => {
  it('is always positive and within its waves', () => {
    fc.assert(
      fc.property(anyTime, (atMs) => {
        expect(load.bitsPerSecondAt(atMs)).toBeGreaterThan(8_000_000 * 0.3);
        expect(load.bitsPerSecondAt(atMs)).toBeLessThan(8_000_000 * 1.7);
      }),
    );
  });

  it('is higher in the afternoon than at night, in local time', () => {
    const day = Date.UTC(2026, 10, 22);
    const at = (hourUtc: number, offset: number): number =>
      new UserLoad(1_000_000, offset, randomSource(7)).bitsPerSecondAt(day + hourUtc * 3_600_000);
    expect(at(14, 0)).toBeGreaterThan(at(2, 0) * 1.5);
    expect(at(2, -12)).toBeGreaterThan(at(14, -12) * 1.5);
  });

  it('adds up exactly, wherever a span is cut', () => {
    fc.assert(
      fc.property(
        anyTime,
        fc.integer({ min: 1, max: 1e8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, span, cut) => {
          const middle = from + span * cut;
          const whole = load.octetsBetween(from, from + span);
          const parts = load.octetsBetween(from, middle) + load.octetsBetween(middle, from + span);
          expect(Math.abs(whole - parts)).toBeLessThan(1 + whole * 1e-6);
        },
      ),
    );
  });

  it('integrates what it says it is', () => {
    const octets = load.octetsBetween(noonMs, noonMs + 100);
    expect(octets / 0.1).toBeCloseTo(load.bitsPerSecondAt(noonMs + 50) / 8, -2);
  });
});
