import type { Incident } from '../model/incident';
import type { RecordedEvent } from '../model/event';

/**
 * The events of an incident, ordered by when they happened, then by row number. An event that takes long to become certain is
 * recorded late, so that row numbers alone would put it after its consequences.
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
