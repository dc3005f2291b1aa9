import { z } from 'zod';
import type { TimeRange } from '../model/history';
import { offsetStretches, zonedIso, zoneSchema } from './zone';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const dayMinutes = 1440;

/** Hours that begin on each of these days. An end that is not after the beginning is on the following day. */
export const shiftSchema = z.object({
  /** 1 Monday to 7 Sunday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  /** Minutes after midnight, by the clocks of the zone. */
  fromMinute: z
    .int()
    .min(0)
    .max(dayMinutes - 1),
  toMinute: z.int().min(0).max(dayMinutes),
});
export type Shift = z.infer<typeof shiftSchema>;

/** A day whose whole 24 hours, midnight to midnight by the clocks of the zone, do not count. */
export const holidaySchema = z.object({
  /** `2026-12-25`, or `12-25` for every year. */
  date: z.string().refine(isDate, 'must be a date such as 2026-12-25, or 12-25 for every year'),
  name: z.string().max(200),
});
export type Holiday = z.infer<typeof holidaySchema>;

/** The hours for which an availability is agreed on. */
export const calendarSchema = z.object({
  zone: zoneSchema,
  /** Null: around the clock. */
  hours: z.array(shiftSchema).min(1).max(100).nullable(),
  holidays: z.array(holidaySchema).max(5000),
});
export type Calendar = z.infer<typeof calendarSchema>;

/**
 * The times of the range that the calendar counts, oldest first, not touching one another. A moment counts when the clocks of the
 * zone show a time of its hours: an hour that a clock change skips is not there, and one that it repeats counts twice.
 */
export function countedTimes(calendar: Calendar, range: TimeRange): TimeRange[] {
  if (calendar.hours === null && calendar.holidays.length === 0)
    return range.toMs > range.fromMs ? [range] : [];
  const holidays = new Set(calendar.holidays.map(({ date }) => date));
  const byWeekday = [1, 2, 3, 4, 5, 6, 7].map((weekday) => minutesOf(calendar.hours, weekday));
  const counted: TimeRange[] = [];
  for (const { fromMs, toMs, offsetMs } of offsetStretches(calendar.zone, range)) {
    const lastDay = Math.ceil((toMs + offsetMs) / dayMs);
    for (let day = Math.floor((fromMs + offsetMs) / dayMs); day < lastDay; day += 1) {
      if (isHoliday(holidays, day)) continue;
      for (const minutes of byWeekday[weekdayOf(day) - 1] ?? []) {
        const dayStartMs = day * dayMs - offsetMs;
        append(counted, {
          fromMs: Math.max(fromMs, dayStartMs + minutes.from * minuteMs),
          toMs: Math.min(toMs, dayStartMs + minutes.to * minuteMs),
        });
      }
    }
  }
  return counted;
}

/** The holidays that fall on a day of the range, by date. */
export function holidaysIn({ zone, holidays }: Calendar, range: TimeRange): Holiday[] {
  if (range.toMs <= range.fromMs) return [];
  const first = zonedIso(range.fromMs, zone).slice(0, 10);
  const last = zonedIso(range.toMs - 1, zone).slice(0, 10);
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 }, (_, index) =>
    String(Number(first.slice(0, 4)) + index),
  );
  return holidays
    .flatMap(({ date, name }) => {
      const dates = date.length === 5 ? years.map((year) => `${year}-${date}`) : [date];
      return dates.filter(isDate).map((full) => ({ date: full, name }));
    })
    .filter(({ date }) => date >= first && date <= last)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function isDate(text: string): boolean {
  if (!/^(\d{4}-)?\d{2}-\d{2}$/.test(text)) return false;
  // In a leap year, so that 02-29 is a day of every year that has it.
  const full = text.length === 5 ? `2024-${text}` : text;
  const ms = Date.parse(`${full}T00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(full);
}

/** The minutes of one weekday that count, the ends of hours that began the day before included. */
function minutesOf(hours: readonly Shift[] | null, weekday: number): { from: number; to: number }[] {
  if (hours === null) return [{ from: 0, to: dayMinutes }];
  const before = weekday === 1 ? 7 : weekday - 1;
  const parts = hours.flatMap(({ days, fromMinute, toMinute }) => {
    const overnight = toMinute <= fromMinute;
    return [
      ...(days.includes(weekday) ? [{ from: fromMinute, to: overnight ? dayMinutes : toMinute }] : []),
      ...(overnight && days.includes(before) ? [{ from: 0, to: toMinute }] : []),
    ];
  });
  return parts.sort((a, b) => a.from - b.from);
}

/** `day`: days since 1970-01-01, a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function isHoliday(holidays: ReadonlySet<string>, day: number): boolean {
  if (holidays.size === 0) return false;
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  return holidays.has(date) || holidays.has(date.slice(5));
}

/** Adds a stretch that begins no earlier than the last one; those that overlap or touch become one. */
function append(stretches: TimeRange[], next: TimeRange): void {
  if (next.toMs <= next.fromMs) return;
  const last = stretches.at(-1);
  if (last && next.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, next.toMs);
  else stretches.push(next);
}
