import {
  boundPercent,
  bytes,
  count,
  megabits,
  percent,
  plural,
  roundedPercent,
  signedPoints,
} from '../../../../domain/words/amount';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('amounts', () => {
  it('carry their units', () => {
    expect(count(2214)).toBe('2,214');
    expect(megabits(191_400_000)).toBe('191');
    expect(megabits(4_240_000)).toBe('4.2');
    expect(percent(0.1461)).toBe('14.6 %');
    expect(bytes(3_100_000_000)).toBe('3.1 GB');
    expect(bytes(999)).toBe('999 B');
    expect(bytes(512_000)).toBe('512 kB');
  });

  it('show a difference with a true minus, and none for nothing', () => {
    expect(signedPoints(0.003)).toBe('+0.3');
    expect(signedPoints(-0.011)).toBe('−1.1');
    expect(signedPoints(-0.0001)).toBe('0.0');
  });

  it('agree with their noun', () => {
    expect(plural(1, 'edge')).toBe('1 edge');
    expect(plural(1200, 'edge')).toBe('1,200 edges');
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  });
});

describe('a bound in percent', () => {
  it('never looks better than it is', () => {
    expect(boundPercent(0.9999999, 'down')).toBe('99.999 %');
    expect(boundPercent(0.0000001, 'up')).toBe('0.001 %');
    expect(boundPercent(1, 'down')).toBe('100.000 %');
    expect(boundPercent(0.07, 'down')).toBe('7.000 %');
    expect(boundPercent(0.07, 'up')).toBe('7.000 %');
  });

  it('contains the part it is about', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (part) => {
        const noise = 1e-12;
        for (const decimals of [3, 6]) {
          expect(roundedPercent(part, 'down', decimals) / 100).toBeLessThanOrEqual(part + noise);
          expect(roundedPercent(part, 'up', decimals) / 100).toBeGreaterThanOrEqual(part - noise);
        }
      }),
    );
  });
});
