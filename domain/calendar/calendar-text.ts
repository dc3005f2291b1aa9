import { z } from 'zod';
import { holidaySchema, shiftSchema, type Calendar, type Holiday, type Shift } from './calendar';

/** Hours or holidays as text that cannot be understood: a sentence that says what, where and what to do. */
export class CalendarTextError extends Error {}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const fullNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const example = 'Write days and times, such as "Mon-Fri 08:00-18:00, Sat 09:00-12:00", or 24x7.';

/**
 * Hours from text: "Mon-Fri 08:00-18:00", "Mon-Thu 08:00-12:00 13:00-17:00; Sat,Sun 10:00-14:00", "22:00-06:00" (every day, to
 * the next morning). Null: around the clock ("24x7"). @throws CalendarTextError
 */
export function parseHours(text: string): Shift[] | null {
  const words = text
    .replace(/\s*[-\u2013\u2014]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  if (words.length === 1 && /^(24[x/]7|always)$/i.test(words[0] ?? '')) return null;
  const shifts: Shift[] = [];
  let days: number[] = [];
  let used = false;
  for (const word of words) {
    const times = timesOf(word);
    if (times === null) {
      if (used) [days, used] = [[], false];
      days.push(...daysOf(word));
      continue;
    }
    const on = days.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : [...new Set(days)].sort((a, b) => a - b);
    shifts.push({ days: on, ...times });
    used = true;
  }
  if (shifts.length === 0 || !used) throw new CalendarTextError(`There are days without times. ${example}`);
  const checked = z.array(shiftSchema).max(100).safeParse(shifts);
  if (!checked.success) throw new CalendarTextError(`These are more than 100 times. ${example}`);
  return checked.data;
}

/** Hours as `parseHours` reads them: "Mon-Fri 08:00-18:00", "24x7". */
export function hoursText(hours: readonly Shift[] | null): string {
  if (hours === null) return '24x7';
  return hours
    .map(({ days, fromMinute, toMinute }) => `${daysText(days)} ${clock(fromMinute)}-${clock(toMinute)}`)
    .join(', ');
}

/**
 * Holidays from text, one a line: "2026-12-25 Christmas Day", or "12-25 Christmas Day" for every year; a comma, a semicolon or a tab
 * may stand before the name. Lines that begin with # are comments. @throws CalendarTextError
 */
export function parseHolidays(text: string): Holiday[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [holidayOf(line, `Line ${index + 1}`)]));
}

/** Holidays from a list on one line: "2026-12-24, 12-25 Christmas Day". @throws CalendarTextError */
export function parseHolidayList(text: string): Holiday[] {
  return text
    .split(/[,;]/)
    .filter((part) => part.trim() !== '')
    .map((part) => holidayOf(part, 'The list'));
}

/** Whether a text is a list of dates, as against the name of a file. */
export function isHolidayList(text: string): boolean {
  return /^\s*(\d{4}-)?\d{2}-\d{2}(?=[\s,;]|$)/.test(text);
}

/** "Mon-Fri 08:00-18:00, Europe/Berlin, without 2 holidays": what counts, in words. */
export function calendarWords({ hours, zone, holidays }: Calendar): string {
  const days = holidays.length === 1 ? '1 holiday' : `${holidays.length} holidays`;
  return `${hours === null ? 'around the clock' : hoursText(hours)}, ${zone}${holidays.length > 0 ? `, without ${days}` : ''}`;
}

function holidayOf(line: string, where: string): Holiday {
  const [, date = '', name = ''] = /^\s*([\d-]+)(?:[\s,;]+(.*))?$/.exec(line) ?? [];
  const checked = holidaySchema.safeParse({ date, name: name.trim() });
  if (checked.success) return checked.data;
  throw new CalendarTextError(
    `${where}: ${JSON.stringify(line.trim().slice(0, 60))} is not a day. Write a date, such as 2026-12-25 or 12-25 for every year, and then its name.`,
  );
}

/** "08:00-18:00", "8-18", "00:00-24:00" in minutes; null: the word is no time. */
function timesOf(word: string): Pick<Shift, 'fromMinute' | 'toMinute'> | null {
  if (!/^\d/.test(word)) return null;
  const found = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(word);
  const [fromMinute, toMinute] = [minuteOf(found?.[1], found?.[2]), minuteOf(found?.[3], found?.[4])];
  if (fromMinute === null || toMinute === null || fromMinute === 1440)
    throw new CalendarTextError(
      `${JSON.stringify(word.slice(0, 60))} is not a time from 00:00 to 24:00. ${example}`,
    );
  return { fromMinute, toMinute };
}

function minuteOf(hour: string | undefined, minute = '00'): number | null {
  if (hour === undefined) return null;
  const [hours, minutes] = [Number(hour), Number(minute)];
  return minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 60 + minutes : null;
}

function daysOf(word: string): number[] {
  if (/^(daily|every-?day)$/i.test(word)) return [1, 2, 3, 4, 5, 6, 7];
  const [first, last, ...more] = word.split('-').map(dayOf);
  if (first === undefined || first === null || last === null || more.length > 0)
    throw new CalendarTextError(`${JSON.stringify(word.slice(0, 60))} is not a day of the week. ${example}`);
  if (last === undefined) return [first];
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function dayOf(name: string): number | null {
  const lower = name.toLowerCase();
  const index = fullNames.findIndex(
    (full) => lower.length >= 2 && full.startsWith(lower) && (lower.length <= 4 || lower === full),
  );
  return index === -1 ? null : index + 1;
}

function daysText(days: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && day === run[1] + 1) run[1] = day;
    else runs.push([day, day]);
  }
  const name = (day: number): string => dayNames[day - 1] ?? '';
  return runs
    .map(([first, last]) => (first === last ? name(first) : `${name(first)}-${name(last)}`))
    .join(',');
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
