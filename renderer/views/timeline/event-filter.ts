import type { HeronEvent, HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { folded } from '../../state/fleet/search';
import type { TimeZoneChoice } from '../../words/clock';
import { eventPlace, eventWords } from '../../words/events';

/** Which of the marked events are shown. */
export interface TimelineFilter {
  /** Only what users may have felt, or what calls for somebody. */
  problemsOnly: boolean;
  /** Search words, folded: every one must occur. */
  terms: readonly string[];
  /** As times are shown, so that what is read is found. */
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

/** A failback by preemption, a note and a rolling update that goes as it should are none. */
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
