import type { RecordedEvent } from '../../domain/event';
import { folded } from '../clusters/search';
import type { TimeZoneChoice } from '../format/time';
import { eventPlace, eventTypeWords, eventWords } from './event-words';

/** Whether every search term occurs in an event's words, its cluster or its type. */
export function eventMatches(
  { event }: RecordedEvent,
  terms: readonly string[],
  zone: TimeZoneChoice,
): boolean {
  if (terms.length === 0) return true;
  const words = eventWords(event, zone);
  const haystack = folded(
    [eventPlace(event), eventTypeWords[event.type], words.title, ...words.lines].join('\n'),
  );
  return terms.every((term) => haystack.includes(term));
}
