import type { HeronEvent, HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { folded } from '../../state/fleet/search';
import type { TimeZoneChoice } from '../../words/clock';
import { eventPlace, eventWords } from '../../words/events';

/** Which of the marked events are shown. */
export interface TimelineFilter {
  /** Only what may have affected users or needs somebody's attention. */
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
  'finding',
]);
const texts: Record<TimeZoneChoice, WeakMap<HeronEvent, string>> = {
  utc: new WeakMap(),
  local: new WeakMap(),
};

/** A failback by preemption, a note and an orderly rolling update are no problems. */
export function isProblemEvent(event: HeronEvent): boolean {
  if (event.type === 'finding') return event.reason.code !== 'rolling-update';
  return problems.has(event.type);
}

/** Whether an event is shown, whatever its type. */
export function eventMatches(
  { event }: RecordedEvent,
  { problemsOnly, terms, zone }: TimelineFilter,
): boolean {
  if (problemsOnly && !isProblemEvent(event)) return false;
  if (terms.length === 0) return true;
  let text = texts[zone].get(event);
  if (text === undefined) {
    const { title, lines } = eventWords(event, zone);
    text = folded([title, eventPlace(event), ...lines].join('\n'));
    texts[zone].set(event, text);
  }
  return terms.every((term) => text.includes(term));
}
