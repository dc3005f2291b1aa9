import { describe, expect, it } from 'vitest';
import {
  calendarWords,
  hoursText,
  isHolidayList,
  parseHolidayList,
  parseHolidays,
  parseHours,
} from '../../../../domain/calendar/calendar-text';

describe('hours as text', () => {
  it.each([
    ['Mon-Fri 08:00-18:00', 'Mon-Fri 08:00-18:00'],
    ['mon – friday 8-18; Sat 9:30-12', 'Mon-Fri 08:00-18:00, Sat 09:30-12:00'],
    ['Mon-Thu 08:00-12:00 13:00-17:00', 'Mon-Thu 08:00-12:00, Mon-Thu 13:00-17:00'],
    ['Mon, Wed, Fri 00:00 - 24:00', 'Mon,Wed,Fri 00:00-24:00'],
    ['Sat-Mon 22:00-06:00', 'Mon,Sat-Sun 22:00-06:00'],
    ['08:00-18:00', 'Mon-Sun 08:00-18:00'],
    ['24x7', '24x7'],
    ['24/7', '24x7'],
  ])('%s', (text, written) => {
    expect(hoursText(parseHours(text))).toBe(written);
    expect(parseHours(hoursText(parseHours(text)))).toEqual(parseHours(text));
  });

  it.each([
    ['', 'days without times'],
    ['Mon-Fri', 'days without times'],
    ['Mon-Fri 08:00-18:00 Sat', 'days without times'],
    ['Mon-Fri 08:00', '"08:00" is not a time'],
    ['Mon-Fri 08:00-24:01', '"08:00-24:01" is not a time'],
    ['Mon-Fri 8:60-9', 'is not a time'],
    ['Mo-Fr-Sa 8-18', '"Mo-Fr-Sa" is not a day'],
    ['Mon-Fry 08:00-18:00', '"Mon-Fry" is not a day'],
    ['m 08:00-18:00', '"m" is not a day'],
    [`${'08:00-18:00 '.repeat(101)}`, 'more than 100'],
  ])('%s is refused', (text, words) => {
    expect(() => parseHours(text)).toThrow(words);
    expect(() => parseHours(text)).toThrow('such as');
  });
});

describe('holidays as text', () => {
  it('are one a line, with a name', () => {
    const file =
      '\ufeff# Hesse\r\n2026-12-25 Christmas Day\r\n\r\n2026-12-26;Boxing Day\n01-01,New Year, every year\n02-29';
    expect(parseHolidays(file)).toEqual([
      { date: '2026-12-25', name: 'Christmas Day' },
      { date: '2026-12-26', name: 'Boxing Day' },
      { date: '01-01', name: 'New Year, every year' },
      { date: '02-29', name: '' },
    ]);
  });

  it('are a list', () => {
    expect(isHolidayList('2026-12-25')).toBe(true);
    expect(isHolidayList('12-25, 12-26 Boxing Day')).toBe(true);
    expect(isHolidayList('holidays-2026-12-25.txt')).toBe(false);
    expect(isHolidayList('2026-12-25.txt')).toBe(false);
    expect(parseHolidayList('12-25, 2026-12-26 Boxing Day,')).toEqual([
      { date: '12-25', name: '' },
      { date: '2026-12-26', name: 'Boxing Day' },
    ]);
  });

  it.each(['2026-02-30', '2026-13-01', '25.12.2026 Christmas', 'Christmas', '2026-12-25x'])(
    '%s is refused',
    (line) => {
      expect(() => parseHolidays(`# a comment\n${line}`)).toThrow(/^Line 2: ".*is not a day/);
    },
  );
});

it('a calendar in words', () => {
  const holidays = [{ date: '12-25', name: '' }];
  expect(calendarWords({ zone: 'Europe/Berlin', hours: parseHours('Mon-Fri 8-18'), holidays })).toBe(
    'Mon-Fri 08:00-18:00, Europe/Berlin, without 1 holiday',
  );
  expect(calendarWords({ zone: 'UTC', hours: null, holidays: [] })).toBe('around the clock, UTC');
});
