import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utcMoment, utcSecond, utcTimeOfDay } from '../../../../domain/words/time';
import { shownTimeMs } from '../../../fixtures/words/shown-values';

const atMs = Date.UTC(2026, 10, 22, 14, 2, 13, 412);

describe('times in UTC', () => {
  it('are as fine as they are asked for', () => {
    expect(utcMoment(atMs)).toBe('2026-11-22 14:02:13.4');
    expect(utcMoment(atMs, 'up')).toBe('2026-11-22 14:02:13.5');
    expect(utcMoment(Date.UTC(2026, 11, 31, 23, 59, 59, 950), 'up')).toBe('2027-01-01 00:00:00.0');
    expect(utcSecond(atMs)).toBe('2026-11-22 14:02:13');
    expect(utcTimeOfDay(atMs)).toBe('14:02:13');
  });

  it('contain what a bracket is about', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        expect(shownTimeMs(utcMoment(ms, 'down'))).toBeLessThanOrEqual(ms);
        expect(shownTimeMs(utcMoment(ms, 'up'))).toBeGreaterThanOrEqual(ms);
        expect(shownTimeMs(utcMoment(ms, 'up')) - ms).toBeLessThan(100);
      }),
    );
  });
});
