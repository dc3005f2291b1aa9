import { describe, expect, it } from 'vitest';
import { bytes, count, megabits, percent, plural, signedPoints } from '../../../../renderer/words/amount';

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
