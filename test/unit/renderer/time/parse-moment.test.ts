import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../../renderer/time/parse-moment';

const nowMs = Date.UTC(2026, 10, 22, 14, 6, 29);

describe('a moment as typed', () => {
  it('is a date and a time', () => {
    expect(parseMoment('2026-11-21 03:02:13.4', 'utc', nowMs)).toBe(Date.UTC(2026, 10, 21, 3, 2, 13, 400));
    expect(parseMoment('2026-11-21T03:02', 'utc', nowMs)).toBe(Date.UTC(2026, 10, 21, 3, 2));
    expect(parseMoment('2026-11-21', 'utc', nowMs)).toBe(Date.UTC(2026, 10, 21));
  });

  it('is the latest such time when it has no date', () => {
    expect(parseMoment('14:02', 'utc', nowMs)).toBe(Date.UTC(2026, 10, 22, 14, 2));
    expect(parseMoment('15:02', 'utc', nowMs)).toBe(Date.UTC(2026, 10, 21, 15, 2));
  });

  it('is UTC where it says so, whatever the window shows', () => {
    expect(parseMoment('2026-11-21T03:02:00Z', 'local', nowMs)).toBe(Date.UTC(2026, 10, 21, 3, 2));
  });

  it('is nothing where there is no such date or time', () => {
    for (const text of ['', 'yesterday', '2026-02-30', '25:00', '14:70', '2026-13-01 10:00']) {
      expect(parseMoment(text, 'utc', nowMs), text).toBeNull();
    }
  });

  it('comes back from every ISO time to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date(Date.UTC(2000, 0, 1)),
          max: new Date(Date.UTC(2100, 0, 1)),
          noInvalidDate: true,
        }),
        (date) => {
          expect(parseMoment(date.toISOString(), 'local', nowMs)).toBe(date.getTime());
        },
      ),
    );
  });
});
