import type { Incident } from '../model/incident';
import type { RecordedEvent } from '../model/event';

/**
 * An incident's own events of those given, in the order in which they happened; of the same time, in that of their numbers. What
 * takes long to become certain is recorded late: the numbers alone would put it after its consequences.
 */
export function eventsOfIncident(
  { eventIds }: Pick<Incident, 'eventIds'>,
  events: readonly RecordedEvent[],
): RecordedEvent[] {
  const own = new Set(eventIds);
  return events
    .filter(({ id }) => own.has(id))
    .toSorted((a, b) => a.event.timeMs - b.event.timeMs || a.id - b.id);
}
