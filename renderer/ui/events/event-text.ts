import type { HeronEvent } from '../../../domain/model/event';
import { folded } from '../../state/fleet/search';
import type { TimeZoneChoice } from '../../../domain/words/clock';
import { eventPlace, eventTypeWords, eventWords } from '../../../domain/words/events';

const texts: Record<TimeZoneChoice, WeakMap<HeronEvent, string>> = {
  utc: new WeakMap(),
  local: new WeakMap(),
};

/** Whether every search term occurs in an event's text, its cluster or its type. Times are searched as `zone` shows them. */
export function eventContains(event: HeronEvent, terms: readonly string[], zone: TimeZoneChoice): boolean {
  if (terms.length === 0) return true;
  let text = texts[zone].get(event);
  if (text === undefined) {
    const { title, lines } = eventWords(event, zone);
    text = folded([eventPlace(event), eventTypeWords[event.type], title, ...lines].join('\n'));
    texts[zone].set(event, text);
  }
  return terms.every((term) => text.includes(term));
}
