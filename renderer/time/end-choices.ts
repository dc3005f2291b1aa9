import { momentsOf, zonedIso } from '../../domain/calendar/zone';
import { dayBefore, clockMinutes, type TimeZoneChoice } from '../../domain/words/clock';
import { nextClockTime } from './next-clock-time';

const hourMs = 3_600_000;

/** An end by the clock, as offered. */
export interface OfferedEnd {
  id: string;
  words: string;
  atMs: number;
}

/** The name of the zone that times are shown in. */
export function zoneNameOf(zone: TimeZoneChoice): string {
  return zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The end of the day's shift and the next morning. A shift that ends within the half hour is not meant. */
export function shiftEnds(nowMs: number, zone: TimeZoneChoice): OfferedEnd[] {
  const eveningMs = nextClockTime(22, nowMs + hourMs / 2, zone);
  const midnightMs = nextClockTime(0, nowMs, zone);
  const morningMs = nextClockTime(8, midnightMs, zone);
  return [
    { id: 'evening', words: momentWords(eveningMs, nowMs, zone), atMs: eveningMs },
    { id: 'morning', words: 'tomorrow 08:00', atMs: morningMs },
  ].sort((a, b) => a.atMs - b.atMs);
}

/** Ends after a while: for a silence. */
export function lengthEnds(nowMs: number): OfferedEnd[] {
  return [
    { id: 'hour', words: '1 h', atMs: nowMs + hourMs },
    { id: 'four', words: '4 h', atMs: nowMs + 4 * hourMs },
  ];
}

/** A time as an input of type datetime-local takes it. */
export function inputTime(atMs: number, zone: TimeZoneChoice): string {
  return zonedIso(atMs, zoneNameOf(zone)).slice(0, 16);
}

/** The moment that such an input means; null: it is empty, or a clock change skips it. The first one of two. */
export function momentOfInput(text: string, zone: TimeZoneChoice): number | null {
  const localMs = Date.parse(`${text}Z`);
  return Number.isNaN(localMs) ? null : (momentsOf(zoneNameOf(zone), localMs)[0] ?? null);
}

function momentWords(atMs: number, nowMs: number, zone: TimeZoneChoice): string {
  return `${dayBefore(atMs, nowMs, zone)}${clockMinutes(atMs, zone)}`;
}
