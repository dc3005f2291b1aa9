import type { HeronEvent, HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { eventContains } from '../../ui/events/event-text';
import type { TimeZoneChoice } from '../../../domain/words/clock';

/** Which of the marked events are shown. */
export interface TimelineFilter {
  /** Only what may have affected users or needs attention. */
  problemsOnly: boolean;
  /** Search words, folded: every one must occur. */
  terms: readonly string[];
  /** The zone that times are shown in: they are searched as shown. */
  zone: TimeZoneChoice;
}

export const noFilter: TimelineFilter = { problemsOnly: false, terms: [], zone: 'utc' };

const problems: ReadonlySet<HeronEventType> = new Set([
  'failover',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
  'finding',
]);

/** A failback by preemption, a note and an orderly rolling update are no problems. */
export function isProblemEvent(event: HeronEvent): boolean {
  if (event.type === 'users-gap') return event.restored !== null;
  if (event.type === 'finding') return event.reason.code !== 'rolling-update';
  return problems.has(event.type);
}

/** Whether an event is shown, whatever its type. */
export function eventMatches(
  { event }: RecordedEvent,
  { problemsOnly, terms, zone }: TimelineFilter,
): boolean {
  if (problemsOnly && !isProblemEvent(event)) return false;
  return eventContains(event, terms, zone);
}
