import type { Alert } from '../../../domain/model/alert';
import { stateWords } from '../../words/states';
import { alertHealth } from '../../../domain/words/alert-list';
import { clockMinutes, clockTenths, shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { stopwatch } from '../../../domain/words/duration';

/** The class that gives an alert its colours; empty: it has none. */
export function toneOf(alert: Alert): string {
  if (alert.state === 'over') return 'tone-down';
  const health = alertHealth(alert);
  return health ? `tone-${stateWords[health].tone}` : '';
}

/** How long it has been running; of one that is over, the time at which it began. */
export function timeWords({ state, sinceMs }: Alert, atMs: number, zone: TimeZoneChoice): string {
  if (state === 'open') return stopwatch(atMs - sinceMs);
  const short = shortMoment(sinceMs, atMs, zone);
  return /^\d\d:/.test(short) ? clockMinutes(sinceMs, zone) : short;
}

/** The bounds of the beginning: "21:28:58.4 to 21:29:02.1". */
export function bracketWords({ evidence: { bracket }, sinceMs }: Alert, zone: TimeZoneChoice): string {
  if (!bracket) return `since ${clockTenths(sinceMs, zone)}`;
  return `${clockTenths(bracket.lastOldMs, zone)} to ${clockTenths(bracket.firstNewMs, zone, 'up')}`;
}

/** "2 of 2 sources agree". */
export function sourcesWords({ evidence: { sources } }: Alert): string {
  return sources
    ? `${sources.agree} of ${sources.of} ${sources.of === 1 ? 'source agrees' : 'sources agree'}`
    : '';
}
