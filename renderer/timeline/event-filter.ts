import type { HeronEvent, HeronEventType, RecordedEvent } from '../../domain/event';
import { folded } from '../clusters/search';
import { eventPlace, eventWords } from '../events/event-words';

/** Which of the marked events are shown. */
export interface TimelineFilter {
  /** Only what users may have felt, or what calls for somebody. */
  problemsOnly: boolean;
  /** Search words, folded: every one must occur. */
  terms: readonly string[];
}

export const noFilter: TimelineFilter = { problemsOnly: false, terms: [] };

const problems: ReadonlySet<HeronEventType> = new Set([
  'failover',
  'no-active-lb',
  'split-brain',
  'flapping',
  'finding',
]);
const texts = new WeakMap<HeronEvent, string>();

/** A failback by preemption, a note and a rolling update that goes as it should are none. */
export function isProblemEvent(event: HeronEvent): boolean {
  if (event.type === 'finding') return event.reason.code !== 'rolling-update';
  return problems.has(event.type);
}

/** Whether an event is shown, whatever its type. */
export function eventMatches({ event }: RecordedEvent, { problemsOnly, terms }: TimelineFilter): boolean {
  if (problemsOnly && !isProblemEvent(event)) return false;
  if (terms.length === 0) return true;
  let text = texts.get(event);
  if (text === undefined) {
    const { title, lines } = eventWords(event, 'utc');
    text = folded([title, eventPlace(event), ...lines].join('\n'));
    texts.set(event, text);
  }
  return terms.every((term) => text.includes(term));
}
