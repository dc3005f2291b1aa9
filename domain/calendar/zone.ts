import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { TimeRange } from '../model/history';

/** The name of a time zone of the IANA database, such as Europe/Berlin, or UTC. */
export const zoneSchema = z
  .string()
  .max(60)
  .refine(isZone, 'must be the name of a time zone, such as Europe/Berlin or UTC');

/** A stretch of time in which the zone's clocks are ahead of UTC by the same amount. */
export interface OffsetStretch extends TimeRange {
  offsetMs: number;
}

const dayMs = 86_400_000;

/** Whether this computer's zone data know the name. */
export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** How far the clocks of a zone are ahead of UTC at a moment, milliseconds. */
export function zoneOffsetMs(zone: string, atMs: number): number {
  return Math.round(IANAZone.create(zone).offset(atMs) * 60_000);
}

/**
 * The range cut where the clocks of the zone change. Two changes within one day that cancel each other are not found; the IANA
 * database has none.
 */
export function offsetStretches(zone: string, { fromMs, toMs }: TimeRange): OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  let startMs = fromMs;
  let offsetMs = zoneOffsetMs(zone, fromMs);
  for (let atMs = fromMs; atMs < toMs;) {
    const nextMs = Math.min(atMs + dayMs, toMs);
    const nextOffsetMs = zoneOffsetMs(zone, nextMs);
    if (nextOffsetMs !== offsetMs) {
      const changeMs = firstWithOtherOffset(zone, offsetMs, atMs, nextMs);
      if (changeMs < toMs) {
        stretches.push({ fromMs: startMs, toMs: changeMs, offsetMs });
        startMs = changeMs;
        offsetMs = zoneOffsetMs(zone, changeMs);
        atMs = changeMs;
        continue;
      }
    }
    atMs = nextMs;
  }
  if (toMs > startMs) stretches.push({ fromMs: startMs, toMs, offsetMs });
  return stretches;
}

/** The range cut at the beginnings of the calendar months of a zone: the first moment at which its clocks show the month. */
export function monthsIn(zone: string, range: TimeRange): TimeRange[] {
  const cuts = new Set<number>();
  for (const { fromMs, toMs, offsetMs } of offsetStretches(zone, range)) {
    const [first, last] = [new Date(fromMs + offsetMs), new Date(toMs + offsetMs)];
    // The month of the stretch's beginning counts as well: a change of the clocks may skip midnight.
    for (let month = first.getUTCMonth(); ; month += 1) {
      const startMs = Date.UTC(first.getUTCFullYear(), month) - offsetMs;
      if (startMs + offsetMs >= last.getTime()) break;
      cuts.add(Math.max(startMs, fromMs));
    }
  }
  return cutWhereTheMonthChanges(zone, range, [...cuts]);
}

/** "2026-11-22T13:00:00.000+01:00": ISO 8601 with the zone's offset at that moment. */
export function zonedIso(atMs: number, zone: string): string {
  const offsetMs = zoneOffsetMs(zone, atMs);
  const seconds = Math.abs(offsetMs) / 1000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`;
  const offset = `${offsetMs < 0 ? '-' : '+'}${two(seconds / 3600)}:${two((seconds % 3600) / 60)}${rest}`;
  return new Date(atMs + offsetMs).toISOString().replace('Z', offset);
}

function cutWhereTheMonthChanges(zone: string, range: TimeRange, candidates: number[]): TimeRange[] {
  const months: TimeRange[] = [];
  let startMs = range.fromMs;
  let shown = monthNumber(zone, startMs);
  for (const atMs of candidates.sort((a, b) => a - b)) {
    const month = monthNumber(zone, atMs);
    if (month <= shown || atMs <= startMs) continue;
    months.push({ fromMs: startMs, toMs: atMs });
    [startMs, shown] = [atMs, month];
  }
  months.push({ fromMs: startMs, toMs: range.toMs });
  return months;
}

function monthNumber(zone: string, atMs: number): number {
  const local = new Date(atMs + zoneOffsetMs(zone, atMs));
  return local.getUTCFullYear() * 12 + local.getUTCMonth();
}

function firstWithOtherOffset(zone: string, offsetMs: number, sameMs: number, otherMs: number): number {
  let [same, other] = [sameMs, otherMs];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (zoneOffsetMs(zone, middle) === offsetMs) same = middle;
    else other = middle;
  }
  return other;
}

/**
 * The moments at which the clocks of a zone show a time, given as if it were UTC: one, none where a clock change skips it, two where one
 * repeats it.
 */
export function momentsOf(zone: string, localMs: number): number[] {
  const near = [zoneOffsetMs(zone, localMs - dayMs), zoneOffsetMs(zone, localMs + dayMs)];
  return [...new Set(near)]
    .map((offsetMs) => localMs - offsetMs)
    .filter((atMs) => atMs + zoneOffsetMs(zone, atMs) === localMs)
    .sort((a, b) => a - b);
}
