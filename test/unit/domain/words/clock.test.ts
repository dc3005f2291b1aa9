import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  clockTenths,
  clockTime,
  dayBefore,
  eventMoment,
  forgetLocalZone,
  fullMoment,
  longDate,
  shortMoment,
} from '../../../../domain/words/clock';

const at = Date.UTC(2026, 10, 24, 14, 2, 13, 412);

describe('times', () => {
  it('are shown in UTC whatever the computer’s zone', () => {
    expect(clockTime(at, 'utc')).toBe('14:02:13');
    expect(longDate(at, 'utc')).toBe('Tue 24 Nov 2026');
    expect(fullMoment(at, 'utc')).toBe('24 Nov 2026 14:02:13.412 UTC');
  });

  it('follow a changed zone of the computer once it is known, and UTC stays', () => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Kolkata';
      forgetLocalZone();
      expect(clockTime(at, 'local')).toBe('19:32:13');
      process.env['TZ'] = 'America/St_Johns';
      forgetLocalZone();
      expect(clockTime(at, 'local')).toBe('10:32:13');
      expect(clockTime(at, 'utc')).toBe('14:02:13');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
      forgetLocalZone();
    }
  });

  it('are shown in local time as the computer’s clock would', () => {
    const local = new Date(at);
    const two = (value: number): string => String(value).padStart(2, '0');
    expect(clockTime(at, 'local')).toBe(
      `${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}`,
    );
    expect(fullMoment(at, 'local')).toContain('local time');
  });

  it('say which of two they are where the clock is set back', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    try {
      // A formatter keeps the zone that it was made in.
      vi.resetModules();
      const { clockTime, clockTenths, fullMoment } = await import('../../../../domain/words/clock');
      const second = Date.UTC(2026, 9, 25, 1, 30);
      expect(clockTime(second - 3_600_000, 'local')).toBe('02:30:00 +02:00');
      expect(clockTime(second, 'local')).toBe('02:30:00 +01:00');
      expect(clockTenths(second, 'local')).toBe('02:30:00.0 +01:00');
      expect(fullMoment(second, 'local')).toBe('25 Oct 2026 02:30:00.000 +01:00 local time');
      expect(clockTime(second + 1_800_000, 'local')).toBe('03:00:00');
      expect(clockTime(second - 7_200_000, 'local')).toBe('01:30:00');
      // Where it is set forward no time comes twice.
      expect(clockTime(Date.UTC(2026, 2, 29, 1), 'local')).toBe('03:00:00');
      expect(clockTime(second, 'utc')).toBe('01:30:00');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('show midnight as 00, not 24', () => {
    expect(clockTime(Date.UTC(2026, 0, 1), 'utc')).toBe('00:00:00');
  });

  it('round a bracket outwards', () => {
    expect(clockTenths(at, 'utc', 'down')).toBe('14:02:13.4');
    expect(clockTenths(at, 'utc', 'up')).toBe('14:02:13.5');
    expect(clockTenths(Date.UTC(2026, 0, 1, 9, 59, 59, 950), 'utc', 'up')).toBe('10:00:00.0');
  });

  it('what a bracket shows contains what it is about', () => {
    const ofDay = (text: string): number => {
      const [hours, minutes, seconds] = text.split(':').map(Number);
      return Math.round(((hours! * 60 + minutes!) * 60 + seconds!) * 1000);
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399_000 }), (ofMidnight) => {
        expect(ofDay(clockTenths(ofMidnight, 'utc', 'down'))).toBeLessThanOrEqual(ofMidnight);
        expect(ofDay(clockTenths(ofMidnight, 'utc', 'up'))).toBeGreaterThanOrEqual(ofMidnight);
      }),
    );
  });

  it('are as short as they stay unmistakable', () => {
    expect(shortMoment(at, at + 60_000, 'utc')).toBe('14:02:13');
    expect(shortMoment(at, at + 86_400_000, 'utc')).toBe('24 Nov 14:02');
    expect(shortMoment(at, at + 90 * 86_400_000, 'utc')).toBe('24 Nov 2026');
    expect(eventMoment(at, at, 'utc')).toBe('14:02:13.4');
    expect(eventMoment(at, at + 86_400_000, 'utc')).toBe('24 Nov 14:02');
    expect(dayBefore(at, at, 'utc')).toBe('');
    expect(dayBefore(at, at + 86_400_000, 'utc')).toBe('24 Nov ');
  });
});
