import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Calendar, Holiday } from '../../domain/calendar/calendar';
import {
  CalendarTextError,
  isHolidayList,
  parseHolidayList,
  parseHolidays,
  parseHours,
} from '../../domain/calendar/calendar-text';
import { isZone } from '../../domain/calendar/zone';
import { UsageError } from '../common/command-line';

/** Of thousands of years of holidays. */
const largestFileBytes = 1_000_000;

export interface CalendarOptions {
  zone?: string | undefined;
  hours?: string | undefined;
  holidays?: string | undefined;
}

/** The zone that was named; null: none. @throws UsageError */
export function zoneOf({ zone }: CalendarOptions): string | null {
  if (zone === undefined || isZone(zone)) return zone ?? null;
  throw new UsageError(
    `--zone ${JSON.stringify(zone)} is not a time zone of the IANA database, such as Europe/Berlin or UTC.`,
  );
}

/** The calendar of `--hours` and `--holidays` in `--zone`, or in UTC; null: neither was given. @throws UsageError */
export function calendarOf(given: CalendarOptions): Calendar | null {
  const { hours, holidays } = given;
  if (hours === undefined && holidays === undefined) return null;
  const zone = zoneOf(given) ?? 'UTC';
  return {
    zone,
    hours: hours === undefined ? null : inWords('hours', () => parseHours(hours)),
    holidays: holidays === undefined ? [] : inWords('holidays', () => holidaysOf(holidays)),
  };
}

/** A list of dates, or the name of a file that has them. */
function holidaysOf(given: string): Holiday[] {
  const found = isHolidayList(given) ? parseHolidayList(given) : parseHolidays(textOf(path.resolve(given)));
  if (found.length > 5000) throw new CalendarTextError(`There are ${found.length} days; 5000 are allowed.`);
  return found;
}

function textOf(file: string): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new CalendarTextError(`${JSON.stringify(file)} is not a file.`);
    if (stats.size > largestFileBytes)
      throw new CalendarTextError(
        `${JSON.stringify(file)} has ${stats.size} bytes: that is no list of holidays.`,
      );
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    throw new CalendarTextError(
      `${JSON.stringify(file)} cannot be read (${String(fault.code)}). Name a file with a date on each line, or a list such as "2026-12-25, 12-26".`,
    );
  }
}

function inWords<T>(option: string, parse: () => T): T {
  try {
    return parse();
  } catch (fault) {
    if (!(fault instanceof CalendarTextError)) throw fault;
    throw new UsageError(`--${option}: ${fault.message}`);
  }
}
