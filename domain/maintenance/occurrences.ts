import { isZone, momentsOf, zoneOffsetMs } from '../calendar/zone';
import type { Every, MaintenanceDraft } from '../model/maintenance';
import type { TimeRange } from '../model/history';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** As far ahead as a next occurrence is searched: 29 February is up to 8 years away. */
const searchDays = 9 * 366;
/** Clocks are set by less than this at a time; days before a range that can reach into it, by this and a window's own length. */
const maxChangeDays = 2;

/** What occurrences depend on. */
export type Timing = Pick<MaintenanceDraft, 'schedule' | 'zone' | 'whenClockChanges'>;

/** One time of a window. */
export interface Occurrence extends TimeRange {
  /** How long it is by its clock times alone. It differs from the true length when the clocks change during it. */
  plannedMs: number;
  /** The change of the clocks during it; null: none, or none that matters to its length. */
  clockChange: ClockChange | null;
}

/** When the clocks of a zone change, and by how much forward; negative: back. */
export interface ClockChange {
  atMs: number;
  byMs: number;
}

/**
 * The occurrences that overlap a range, oldest first. A beginning that a clock change skips is when the clocks change; of one that is
 * repeated the first counts. None where this computer does not know the zone.
 */
export function occurrences(timing: Timing, { fromMs, toMs }: TimeRange): Occurrence[] {
  const { schedule, zone } = timing;
  if (!isZone(zone) || toMs <= fromMs) return [];
  if (schedule.kind === 'once')
    return [onceOf(timing)].flatMap((one) => (one && one.fromMs < toMs && one.toMs > fromMs ? [one] : []));
  const [first, last] = daysWithin(timing, { fromMs, toMs });
  const found: Occurrence[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!isDayOf(schedule.every, day)) continue;
    const one = occurrenceOn(timing, day);
    if (one && one.fromMs < toMs && one.toMs > fromMs) found.push(one);
  }
  return found;
}

/** The next occurrences that are not over at a time, at most `count`; one in progress is the first. */
export function nextOccurrences(timing: Timing, afterMs: number, count: number): Occurrence[] {
  const { schedule, zone } = timing;
  if (!isZone(zone)) return [];
  if (schedule.kind === 'once')
    return [onceOf(timing)].flatMap((one) => (one && one.toMs > afterMs ? [one] : []));
  const horizonMs = Math.max(afterMs, Date.parse(schedule.first)) + searchDays * dayMs;
  const [first, last] = daysWithin(timing, { fromMs: afterMs, toMs: horizonMs });
  const found: Occurrence[] = [];
  for (let day = first; day <= last && found.length < count; day += 1) {
    const one = isDayOf(schedule.every, day) ? occurrenceOn(timing, day) : null;
    if (one && one.toMs > afterMs) found.push(one);
  }
  return found;
}

/** The first moment at which the clocks of a zone show a time, given as if it were UTC, or a later one where they skip it. */
export function reachedMs(zone: string, localMs: number): number {
  const [first] = momentsOf(zone, localMs);
  if (first !== undefined) return first;
  // Skipped: by the offset before the change the time is after it, by the one after the change before it.
  let [before, after] = [
    localMs - zoneOffsetMs(zone, localMs + dayMs),
    localMs - zoneOffsetMs(zone, localMs - dayMs),
  ];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + zoneOffsetMs(zone, middle) >= localMs) after = middle;
    else before = middle;
  }
  return after;
}

/** The days, since 1970, on which an occurrence may begin that overlaps the range. */
function daysWithin({ schedule }: Timing, { fromMs, toMs }: TimeRange): [first: number, last: number] {
  if (schedule.kind === 'once') return [0, -1];
  const firstDay = Date.parse(schedule.first) / dayMs;
  const lastDay = schedule.last === null ? Infinity : Date.parse(schedule.last) / dayMs;
  return [
    Math.max(firstDay, Math.floor(fromMs / dayMs) - maxChangeDays - 1),
    Math.min(lastDay, Math.floor(toMs / dayMs) + maxChangeDays),
  ];
}

function onceOf(timing: Timing): Occurrence | null {
  if (timing.schedule.kind !== 'once') return null;
  const { from, to } = timing.schedule;
  return occurrenceOf(timing, Date.parse(`${from}Z`), Date.parse(`${to}Z`));
}

function occurrenceOn(timing: Timing, day: number): Occurrence | null {
  if (timing.schedule.kind !== 'recurring') return null;
  const { fromMinute, untilMinute } = timing.schedule;
  const lastDay = untilMinute > fromMinute ? day : day + 1;
  return occurrenceOf(timing, day * dayMs + fromMinute * minuteMs, lastDay * dayMs + untilMinute * minuteMs);
}

/** Null: it is over when it begins, because the clocks skip all of it. */
function occurrenceOf(
  { zone, whenClockChanges }: Timing,
  fromLocalMs: number,
  toLocalMs: number,
): Occurrence | null {
  const plannedMs = toLocalMs - fromLocalMs;
  const fromMs = reachedMs(zone, fromLocalMs);
  const keptEndMs = reachedMs(zone, toLocalMs);
  const toMs = whenClockChanges === 'keep-length' ? fromMs + plannedMs : keptEndMs;
  if (toMs <= fromMs) return null;
  const isAffected = keptEndMs - fromMs !== plannedMs;
  return { fromMs, toMs, plannedMs, clockChange: isAffected ? clockChangeAt(zone, fromMs, toMs) : null };
}

/** The change of the clocks that begins or is within a time. */
function clockChangeAt(zone: string, fromMs: number, toMs: number): ClockChange | null {
  let [before, after] = [fromMs - 1, toMs];
  const offsetMs = zoneOffsetMs(zone, before);
  const byMs = zoneOffsetMs(zone, after) - offsetMs;
  if (byMs === 0) return null;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zoneOffsetMs(zone, middle) === offsetMs) before = middle;
    else after = middle;
  }
  return { atMs: after, byMs };
}

/** `day`: days since 1970-01-01, a Thursday. */
function isDayOf(every: Every, day: number): boolean {
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  if (every.kind === 'day') return true;
  if (every.kind === 'week') return every.weekdays.includes(weekday);
  const date = new Date(day * dayMs);
  const dayOfMonth = date.getUTCDate();
  if (every.kind === 'month-day') return dayOfMonth === every.day;
  if (weekday !== every.weekday) return false;
  const daysOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return every.nth === 5 ? dayOfMonth > daysOfMonth - 7 : Math.ceil(dayOfMonth / 7) === every.nth;
}
