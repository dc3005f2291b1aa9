import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedTimes, holidaysIn, type Calendar } from '../../../../domain/calendar/calendar';
import { parseHours } from '../../../../domain/calendar/calendar-text';
import type { TimeRange } from '../../../../domain/model/history';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const office = parseHours('Mon-Fri 08:00-18:00');

function hours(calendar: Partial<Calendar>, from: string, to: string): number {
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const times = countedTimes({ zone: 'UTC', hours: null, holidays: [], ...calendar }, range);
  return times.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / hourMs;
}

describe('the hours of a calendar', () => {
  it('are all of the range around the clock', () => {
    expect(hours({}, '2026-10-01T00:00Z', '2026-11-01T00:00Z')).toBe(31 * 24);
  });

  it('have their true length on the days on which clocks change', () => {
    const zone = 'Europe/Berlin';
    const night = parseHours('22:00-06:00');
    const spring = ['2026-03-28T12:00Z', '2026-03-29T12:00Z'] as const;
    const autumn = ['2026-10-24T12:00Z', '2026-10-25T12:00Z'] as const;
    expect(hours({ zone, hours: night }, ...spring)).toBe(7);
    expect(hours({ zone, hours: night }, ...autumn)).toBe(9);
    expect(hours({ zone, hours: parseHours('08:00-18:00') }, '2026-10-24T22:00Z', '2026-10-25T23:00Z')).toBe(
      10,
    );
    expect(hours({ zone, hours: parseHours('02:00-03:00') }, ...spring)).toBe(0);
    expect(hours({ zone, hours: parseHours('02:00-03:00') }, ...autumn)).toBe(2);
    expect(
      hours({ zone: 'Australia/Lord_Howe', hours: night }, '2026-04-04T03:00Z', '2026-04-05T03:00Z'),
    ).toBe(8.5);
  });

  it('leave out a day that a zone skipped', () => {
    const zone = 'Pacific/Apia';
    expect(hours({ zone, hours: office }, '2011-12-25T10:00Z', '2012-01-01T10:00Z')).toBe(4 * 10);
  });

  it('belong to the day on which they begin, and do not count on a holiday', () => {
    const week = ['2026-12-21T00:00Z', '2026-12-28T00:00Z'] as const;
    const fridays = parseHours('Fri 22:00-06:00');
    expect(hours({ hours: fridays }, ...week)).toBe(8);
    const holidays = [{ date: '2026-12-25', name: 'Christmas Day' }];
    expect(hours({ hours: office, holidays }, ...week)).toBe(40);
    expect(hours({ hours: office, holidays: [{ date: '12-25', name: '' }] }, ...week)).toBe(40);
    expect(hours({ hours: fridays, holidays }, ...week)).toBe(6);
    expect(hours({ holidays }, ...week)).toBe(6 * 24);
  });

  it('count once where they overlap', () => {
    expect(
      hours({ hours: parseHours('08:00-12:00 10:00-14:00') }, '2026-11-30T00:00Z', '2026-12-01T00:00Z'),
    ).toBe(6);
  });

  it('are those that a clock shows, minute by minute', () => {
    const zones = [
      ...['Australia/Lord_Howe', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia', 'Europe/Berlin'],
      ...['America/Havana', 'America/Sao_Paulo', 'Africa/Casablanca', 'Asia/Kathmandu', 'UTC'],
    ];
    const shift = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      toMinute: fc.integer({ min: 0, max: 1440 }),
    });
    const firstMinute = Date.UTC(1990, 0) / minuteMs;
    const lastMinute = Date.UTC(2027, 0) / minuteMs;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.option(fc.array(shift, { minLength: 1, maxLength: 3 }), { nil: null }),
        fc.integer({ min: firstMinute, max: lastMinute }),
        fc.integer({ min: 1, max: 3 * 1440 }),
        fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
        (zone, shifts, from, minutes, holidayAfter) => {
          // Half of the ranges lie around the next change of the clocks.
          const near = from % 2 === 0 ? nextChange(zone, from) - Math.floor(minutes / 2) : from;
          const range = { fromMs: near * minuteMs, toMs: (near + minutes) * minuteMs };
          const holidays =
            holidayAfter === null
              ? []
              : [{ date: shown(zone, range.fromMs + holidayAfter * 24 * hourMs).date, name: '' }];
          const calendar = { zone, hours: shifts, holidays };
          expect(countedTimes(calendar, range)).toEqual(minuteByMinute(calendar, range));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('the holidays of a range', () => {
  it('are those on its days, by date', () => {
    const holidays = [
      { date: '2027-01-01', name: 'New Year' },
      { date: '12-25', name: 'Christmas Day' },
      { date: '2025-12-26', name: 'of another year' },
    ];
    const range = { fromMs: Date.parse('2026-12-01T00:00Z'), toMs: Date.parse('2027-01-01T00:00Z') };
    expect(holidaysIn({ zone: 'UTC', hours: null, holidays }, range)).toEqual([
      { date: '2026-12-25', name: 'Christmas Day' },
    ]);
    expect(holidaysIn({ zone: 'Asia/Kolkata', hours: null, holidays }, range)).toHaveLength(2);
  });
});

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, according to Intl. */
function shown(zone: string, atMs: number): { date: string; weekday: number; minute: number } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...({ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const),
      ...({ hour: '2-digit', minute: '2-digit' } as const),
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '') + 1,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

function minuteByMinute({ zone, hours: shifts, holidays }: Calendar, range: TimeRange): TimeRange[] {
  const found: TimeRange[] = [];
  for (let atMs = range.fromMs; atMs < range.toMs; atMs += minuteMs) {
    const { date, weekday, minute } = shown(zone, atMs);
    const before = weekday === 1 ? 7 : weekday - 1;
    const counts =
      !holidays.some((one) => one.date === date) &&
      (shifts === null ||
        shifts.some(({ days, fromMinute, toMinute }) =>
          toMinute > fromMinute
            ? days.includes(weekday) && minute >= fromMinute && minute < toMinute
            : (days.includes(weekday) && minute >= fromMinute) ||
              (days.includes(before) && minute < toMinute),
        ));
    const last = found.at(-1);
    if (!counts) continue;
    if (last?.toMs === atMs) last.toMs += minuteMs;
    else found.push({ fromMs: atMs, toMs: atMs + minuteMs });
  }
  return found;
}

/** The minute of the zone's next change of clocks within 200 days, or that minute itself. */
function nextChange(zone: string, minute: number): number {
  const offset = (at: number): number => {
    const { date, minute: ofDay } = shown(zone, at * minuteMs);
    return Date.parse(`${date}T00:00Z`) / minuteMs + ofDay - at;
  };
  for (let at = minute; at < minute + 200 * 1440; at += 1440) {
    if (offset(at) === offset(at + 1440)) continue;
    for (let one = at; one < at + 1440; one += 1) if (offset(one) !== offset(one + 1)) return one;
  }
  return minute;
}
