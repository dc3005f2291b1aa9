import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { age, ago, duration, shortSpan, spanRange, stopwatch } from '../../../../renderer/words/duration';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('durations', () => {
  it('name the two largest units', () => {
    expect(duration(38_900)).toBe('38 s');
    expect(duration(4 * minute + 16_000)).toBe('4 m 16 s');
    expect(duration(6 * hour + 12 * minute)).toBe('6 h 12 m');
    expect(duration(2 * day + 4 * hour + 59 * minute)).toBe('2 d 4 h');
    expect(duration(-5)).toBe('0 s');
  });

  it('say ago in one unit', () => {
    expect(ago(4 * minute + 16_000)).toBe('4 m ago');
    expect(ago(15 * day)).toBe('15 d ago');
  });

  it('show young data to the tenth', () => {
    expect(age(820)).toBe('0.8 s');
    expect(age(9949)).toBe('9.9 s');
    expect(age(9950)).toBe('9 s');
    expect(age(43_000)).toBe('43 s');
  });

  it('run like a stopwatch', () => {
    expect(stopwatch(38_000)).toBe('0:38');
    expect(stopwatch(4 * minute + 6000)).toBe('4:06');
    expect(stopwatch(hour + 4 * minute + 16_000)).toBe('1:04:16');
    expect(stopwatch(6 * day + hour)).toBe('6 d');
  });

  it('show an interval without needless zeros', () => {
    expect(shortSpan(2000)).toBe('2 s');
    expect(shortSpan(310)).toBe('0.31 s');
  });
});

describe('a length known between two bounds', () => {
  it('is said as a range, never as about', () => {
    expect(spanRange(940, 3080)).toBe('0.9 to 3.1 s');
    expect(spanRange(2000, 3400)).toBe('2 to 3.4 s');
    expect(spanRange(0, 1900)).toBe('at most 1.9 s');
    expect(spanRange(1000, 1000)).toBe('1 s');
    expect(spanRange(62_000, 68_400)).toBe('1 m 2 s to 1 m 9 s');
    expect(spanRange(0, 61_000)).toBe('at most 1 m 1 s');
  });

  it('is rounded outwards', () => {
    fc.assert(
      fc.property(fc.nat(50_000), fc.nat(9000), (least, more) => {
        const words = spanRange(least, least + more);
        const figures = (words.match(/[\d.]+/g) ?? []).map((figure) => Number(figure) * 1000);
        const most = figures.at(-1) ?? NaN;
        expect(most).toBeGreaterThanOrEqual(least + more - 1e-6);
        if (words.includes(' to ')) expect(figures[0]).toBeLessThanOrEqual(least + 1e-6);
      }),
    );
  });
});
