import { isZone } from '../calendar/zone';
import type { MaintenanceDraft } from '../model/maintenance';
import { nextOccurrences, type Timing } from './occurrences';

const dayMs = 86_400_000;
/** A longer once-only window is a mistake in a date, or something that should not be monitored. */
const longestOnceMs = 92 * dayMs;

/** Why a schedule is impossible. `field`: the input to correct. */
export interface ScheduleFault {
  field: 'zone' | 'from' | 'until' | 'every' | 'first' | 'last';
  /** What is wrong and what to do, one sentence each. */
  words: string;
}

/** Why a schedule can never take place from `nowMs` on, the input to correct first; null: it can. */
export function scheduleFault(timing: Timing, nowMs: number): ScheduleFault | null {
  const { schedule, zone } = timing;
  if (!isZone(zone))
    return {
      field: 'zone',
      words: `There is no time zone ${JSON.stringify(zone)}. Use a name such as Europe/Berlin.`,
    };
  if (schedule.kind === 'once') {
    if (schedule.to <= schedule.from)
      return { field: 'until', words: 'The end is not after the beginning. Choose a later end.' };
    if (Date.parse(`${schedule.to}Z`) - Date.parse(`${schedule.from}Z`) > longestOnceMs)
      return {
        field: 'until',
        words: 'This is longer than 92 days. Disable what is out of service for longer.',
      };
  } else {
    if (schedule.untilMinute === schedule.fromMinute)
      return {
        field: 'until',
        words: 'It ends when it begins. Choose another end, or 00:00 to 24:00 for whole days.',
      };
    if (schedule.last !== null && schedule.last < schedule.first)
      return { field: 'last', words: 'The last day is before the first. Choose a later one, or no end.' };
  }
  return nextOccurrences(timing, nowMs, 1).length > 0 ? null : neverFault(timing, nowMs);
}

function neverFault({ schedule, zone, whenClockChanges }: Timing, nowMs: number): ScheduleFault {
  if (schedule.kind === 'once') {
    const isPast = Date.parse(`${schedule.to}Z`) < nowMs + dayMs;
    return isPast
      ? { field: 'until', words: 'It is over already. Choose an end that is still to come.' }
      : { field: 'from', words: skipped };
  }
  const { first, last } = schedule;
  const ends = nextOccurrences({ schedule: { ...schedule, last: null }, zone, whenClockChanges }, nowMs, 1);
  if (ends.length === 0)
    return { field: 'every', words: 'It never takes place: there is no such day. Choose another day.' };
  return last !== null && Date.parse(last) < nowMs && first <= last
    ? { field: 'last', words: 'The last time is over already. Choose a later last day, or no end.' }
    : {
        field: 'last',
        words: 'There is no such day between the first and the last. Choose a later last day.',
      };
}

const skipped =
  'The clocks skip all of this time. Choose another, or keep the length when the clock changes.';

/** A draft with the days of an `Every` in order and without repetition. */
export function tidyDraft<D extends MaintenanceDraft>(draft: D): D {
  const { schedule } = draft;
  if (schedule.kind === 'once' || schedule.every.kind !== 'week') return draft;
  const weekdays = [...new Set(schedule.every.weekdays)].sort((a, b) => a - b);
  return { ...draft, schedule: { ...schedule, every: { kind: 'week', weekdays } } };
}
