import type { Rounding } from './duration';
import { toTenth } from './time';

/** Whether every time on screen is UTC or this computer's local time. One choice for all of them. */
export type TimeZoneChoice = 'utc' | 'local';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  zone: TimeZoneChoice,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...options,
    hourCycle: 'h23',
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  });
  formatters.set(key, made);
  return made;
}

/** Forgets the local time zone, because this computer's was changed: what is formatted from now on is in the new one. */
export function forgetLocalZone(): void {
  for (const known of [formatters, knownParts])
    for (const key of known.keys()) if (key.startsWith('local ')) known.delete(key);
}

type ClockParts = Record<string, string>;
const knownParts = new Map<string, ClockParts>();
/** Seconds whose parts are cached: each row of a table shows a time, and is drawn many times. */
const mostKnownParts = 2000;

/** The parts of a second. Formatting takes 50 µs, and the same seconds are formatted again and again. */
function parts(ms: number, zone: TimeZoneChoice): ClockParts {
  const key = `${zone} ${Math.floor(ms / 1000)}`;
  const known = knownParts.get(key);
  if (known) return known;
  const made = formattedParts(ms, zone);
  if (knownParts.size >= mostKnownParts) knownParts.clear();
  knownParts.set(key, made);
  return made;
}

function formattedParts(ms: number, zone: TimeZoneChoice): ClockParts {
  const format = formatter(zone, 'parts', {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
}

const minuteMs = 60_000;
/** Clock changes are always further apart than this. */
const nearMs = 180 * minuteMs;

/**
 * " +02:00" where the local clock shows this time twice, because it is set back; else "". What is east of Greenwich is
 * positive, as in ISO 8601.
 */
function whichOfTwo(ms: number, zone: TimeZoneChoice): string {
  if (zone === 'utc') return '';
  const east = (at: number): number => -new Date(at).getTimezoneOffset();
  const here = east(ms);
  const twice = [east(ms - nearMs), east(ms + nearMs)].some(
    (other) => other !== here && east(ms + (here - other) * minuteMs) === other,
  );
  if (!twice) return '';
  const two = (count: number): string => String(count).padStart(2, '0');
  const size = Math.abs(here);
  return ` ${here < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "14:06:29", without an offset. */
function bareClock(ms: number, zone: TimeZoneChoice): string {
  const p = parts(ms, zone);
  return `${p['hour']}:${p['minute']}:${p['second']}`;
}

/** "14:06:29"; "02:30:00 +02:00" where the local clock shows it twice. */
export function clockTime(ms: number, zone: TimeZoneChoice): string {
  return bareClock(ms, zone) + whichOfTwo(ms, zone);
}

/** "14:06". */
export function clockMinutes(ms: number, zone: TimeZoneChoice): string {
  return bareClock(ms, zone).slice(0, -3) + whichOfTwo(ms, zone);
}

/**
 * "14:02:13.4". A bracket rounds outwards, so that what is shown still contains what happened: its beginning `down`,
 * its end `up`.
 */
export function clockTenths(ms: number, zone: TimeZoneChoice, rounding: Rounding = 'down'): string {
  const atMs = toTenth(ms, rounding);
  const tenth = (((atMs / 100) % 10) + 10) % 10;
  return `${bareClock(atMs, zone)}.${tenth}${whichOfTwo(ms, zone)}`;
}

/** "Tue 24 Nov 2026". */
export function longDate(ms: number, zone: TimeZoneChoice): string {
  const p = parts(ms, zone);
  return `${p['weekday']} ${p['day']} ${shortMonth(p)} ${p['year']}`;
}

/** "24 Nov", with the year when it is not the year of `nowMs`. */
export function shortDate(ms: number, nowMs: number, zone: TimeZoneChoice): string {
  const p = parts(ms, zone);
  const sameYear = parts(nowMs, zone)['year'] === p['year'];
  return `${p['day']} ${shortMonth(p)}${sameYear ? '' : ` ${p['year']}`}`;
}

/** As short as it stays unmistakable: "14:02:13" today, "9 Nov 03:12" this year, "9 Nov 2025" before. */
export function shortMoment(ms: number, nowMs: number, zone: TimeZoneChoice): string {
  const then = parts(ms, zone);
  const now = parts(nowMs, zone);
  if (then['year'] !== now['year']) return shortDate(ms, nowMs, zone);
  if (then['month'] === now['month'] && then['day'] === now['day']) return clockTime(ms, zone);
  return `${then['day']} ${shortMonth(then)} ${clockMinutes(ms, zone)}`;
}

/** As `shortMoment`, but today to the tenth: "14:02:13.4". */
export function eventMoment(ms: number, nowMs: number, zone: TimeZoneChoice): string {
  const short = shortMoment(ms, nowMs, zone);
  return isClockTime(short) ? clockTenths(ms, zone) : short;
}

/** Whether what `shortMoment` gave is a time of today. */
function isClockTime(text: string): boolean {
  return /^\d\d:/.test(text);
}

/** "9 Nov " before a time that is not of today, "" before one that is. */
export function dayBefore(ms: number, nowMs: number, zone: TimeZoneChoice): string {
  return isClockTime(shortMoment(ms, nowMs, zone)) ? '' : `${shortDate(ms, nowMs, zone)} `;
}

/** "24 Nov 2026 14:02:13.412 UTC": nothing left out, for details. */
export function fullMoment(ms: number, zone: TimeZoneChoice): string {
  const p = parts(ms, zone);
  const millis = String(((Math.trunc(ms) % 1000) + 1000) % 1000).padStart(3, '0');
  return `${p['day']} ${shortMonth(p)} ${p['year']} ${bareClock(ms, zone)}.${millis}${whichOfTwo(ms, zone)} ${zoneName(zone)}`;
}

/** "UTC" or "local time", to stand behind a time. */
export function zoneName(zone: TimeZoneChoice): string {
  return zone === 'utc' ? 'UTC' : 'local time';
}

/** en-GB writes "Sept" in some versions of the locale data; everywhere else here months have three letters. */
function shortMonth(p: Record<string, string>): string {
  return (p['month'] ?? '').slice(0, 3);
}
