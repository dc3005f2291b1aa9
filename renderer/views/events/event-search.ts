import type { RecordedEvent } from '../../../domain/model/event';
import { folded } from '../../state/fleet/search';
import type { TimeZoneChoice } from '../../words/clock';
import { eventPlace, eventTypeWords, eventWords } from '../../words/events';

/** Whether every search term occurs in an event's text, its cluster or its type. */
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
