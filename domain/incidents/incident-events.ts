import type { Incident } from '../model/incident';
import type { HeronEventType, RecordedEvent } from '../model/event';

/** The types of events that incidents are made of. */
export const incidentEventTypes: readonly HeronEventType[] = [
  'start',
  'gap',
  'finding',
  'cluster-state',
  'edge-state',
  'lb-role',
  'failover',
  'failback',
  'cause-corrected',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
];

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
