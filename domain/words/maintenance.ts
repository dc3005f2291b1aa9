import type { Reason } from '../model/health';
import type { ClusterView } from '../model/snapshot';
import type { Every, Matcher, Schedule, ShownMaintenance } from '../model/maintenance';
import { clockMinutes, dayBefore, type TimeZoneChoice } from './clock';
import { plural } from './amount';
import { stateInSentence } from './states';

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const nthNames = ['first', 'second', 'third', 'fourth', 'last'];

/** Why something is in the state maintenance. `upNow`: what of it is up, as a sentence, or nothing. */
export function maintenanceReason({ purpose, author, observed }: ShownMaintenance, upNow: string): Reason {
  const state = upNow === '' ? `By its readings it is ${stateInSentence(observed)}.` : upNow;
  const end = /[.!?]$/.test(purpose) ? '' : '.';
  return { code: 'maintenance', fact: `Planned: ${purpose}${end}`, detail: `${state} Planned by ${author}.` };
}

/** "Maintenance until 23:00, 2 of 8 edges up": a row in maintenance in few words; null: it is not in maintenance. */
export function maintenanceLine(
  {
    maintenance,
    kind,
    edgesUp,
    edgesTotal,
  }: Pick<ClusterView, 'maintenance' | 'kind' | 'edgesUp' | 'edgesTotal'>,
  nowMs: number,
  zone: TimeZoneChoice,
): string | null {
  if (!maintenance) return null;
  const until = `Maintenance until ${untilWords(maintenance.untilMs, nowMs, zone)}`;
  if (kind === 'standalone') return `${until}, ${stateInSentence(maintenance.observed)} by its readings`;
  return edgesUp === null ? until : `${until}, ${edgesUp} of ${edgesTotal} edges up`;
}

/** "23:00", "28 Dec 04:00": the end of a maintenance window. */
export function untilWords(untilMs: number, nowMs: number, zone: TimeZoneChoice): string {
  return `${dayBefore(untilMs, nowMs, zone)}${clockMinutes(untilMs, zone)}`;
}

/** "Monday", for 1 to 7. */
export function weekdayName(weekday: number): string {
  return weekdayNames[weekday - 1] ?? '';
}

/** "every day", "every Monday and Friday", "on the last Sunday of each month". */
export function everyWords(every: Every): string {
  switch (every.kind) {
    case 'day':
      return 'every day';
    case 'week':
      return `every ${listOf(every.weekdays.map(weekdayName))}`;
    case 'month-day':
      return `on day ${every.day} of each month`;
    case 'month-weekday':
      return `on the ${nthNames[every.nth - 1] ?? ''} ${weekdayName(every.weekday)} of each month`;
  }
}

/** "monthly": how often, in one word. */
export function oftenWord(schedule: Schedule): 'once' | 'daily' | 'weekly' | 'monthly' {
  if (schedule.kind === 'once') return 'once';
  switch (schedule.every.kind) {
    case 'day':
      return 'daily';
    case 'week':
      return 'weekly';
    default:
      return 'monthly';
  }
}

/** "01:00 to 04:00, on the last Sunday of each month", "2026-12-27 01:00 to 04:00": by the clocks of its zone. */
export function scheduleWords(schedule: Schedule): string {
  if (schedule.kind === 'once') {
    const [from, to] = [schedule.from.replace('T', ' '), schedule.to.replace('T', ' ')];
    return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
  }
  const { fromMinute, untilMinute, every, last } = schedule;
  const times = `${minuteWords(fromMinute)} to ${minuteWords(untilMinute)}`;
  return `${times} ${everyWords(every)}${last === null ? '' : `, until ${last}`}`;
}

/** "09:30", and "24:00" for the end of a day. */
export function minuteWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** "site Frankfurt and name fra-* or ber-*", "3 chosen clusters", "every cluster and edge". */
export function matcherWords(matcher: Matcher): string {
  if (matcher.kind === 'list') return plural(matcher.rows.length, 'chosen row');
  const parts = (['site', 'name', 'edge'] as const).flatMap((field) => {
    const patterns = matcher.terms.filter((term) => term.field === field).map(({ pattern }) => pattern);
    return patterns.length > 0 ? [`${field} ${patterns.join(' or ')}`] : [];
  });
  return parts.length > 0 ? parts.join(' and ') : 'every cluster and edge';
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
