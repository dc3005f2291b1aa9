import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  age,
  ago,
  duration,
  durationRange,
  inSeconds,
  preciseDuration,
  stopwatch,
} from '../../../../domain/words/duration';
import { shownMs, shownRange } from '../../../fixtures/words/shown-values';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Lengths of every magnitude that is shown differently. */
const lengthMs = fc.oneof(
  fc.integer({ min: 0, max: minute + 1000 }),
  fc.integer({ min: minute, max: 2 * hour }),
  fc.integer({ min: hour, max: 3 * day }),
);
const boundsMs = fc.tuple(lengthMs, lengthMs).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

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
    expect(inSeconds(2000)).toBe('2 s');
    expect(inSeconds(310)).toBe('0.31 s');
  });
});

describe('a duration known between two bounds', () => {
  it('is a range, never an estimate', () => {
    expect(durationRange(940, 3080)).toBe('0.9 to 3.1 s');
    expect(durationRange(960, 3140)).toBe('0.9 to 3.2 s');
    expect(durationRange(2000, 3400)).toBe('2 to 3.4 s');
    expect(durationRange(0, 1900)).toBe('at most 1.9 s');
    expect(durationRange(1000, 1000)).toBe('1 s');
    expect(durationRange(62_000, 68_400)).toBe('1 m 2 s to 1 m 9 s');
    expect(durationRange(500, 61_000)).toBe('0.5 s to 1 m 1 s');
    expect(durationRange(0, 61_000)).toBe('at most 1 m 1 s');
    expect(durationRange(hour, hour + 1)).toBe('1 h 0 m to 1 h 1 m');
    expect(durationRange(day, day + 1)).toBe('1 d 0 h to 1 d 1 h');
  });

  it('contains what it is about, however long', () => {
    fc.assert(
      fc.property(boundsMs, ([least, most]) => {
        const words = durationRange(least, most);
        const shown = shownRange(words);
        expect(shown.atLeastMs, words).toBeLessThanOrEqual(least);
        expect(shown.atMostMs, words).toBeGreaterThanOrEqual(most);
      }),
    );
  });

  it('is rounded by less than the smallest unit that is shown', () => {
    fc.assert(
      fc.property(boundsMs, ([least, most]) => {
        const shown = shownRange(durationRange(least, most));
        const stepMs = most > day - hour ? hour : most > hour - minute ? minute : most > 59_900 ? 1000 : 100;
        expect(shown.atMostMs - most).toBeLessThan(stepMs);
        expect(least - shown.atLeastMs).toBeLessThan(stepMs);
      }),
    );
  });
});

describe('a duration rounded on request', () => {
  it('goes up to the next unit that is shown', () => {
    expect(duration(38_001, 'up')).toBe('39 s');
    expect(duration(59_001, 'up')).toBe('1 m 0 s');
    expect(duration(hour + 1, 'up')).toBe('1 h 1 m');
    expect(duration(day - 1, 'up')).toBe('1 d 0 h');
    expect(preciseDuration(940)).toBe('0.9 s');
    expect(preciseDuration(940, 'up')).toBe('1.0 s');
    expect(preciseDuration(59_950, 'up')).toBe('1 m 0 s');
    expect(preciseDuration(171_000)).toBe('2 m 51 s');
  });

  it('bounds what it is about from both sides', () => {
    fc.assert(
      fc.property(lengthMs, (ms) => {
        for (const words of [duration, preciseDuration]) {
          expect(shownMs(words(ms, 'down'))).toBeLessThanOrEqual(ms);
          expect(shownMs(words(ms, 'up'))).toBeGreaterThanOrEqual(ms);
        }
      }),
    );
  });
});
