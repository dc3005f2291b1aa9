import type { Incident } from '../../../domain/model/incident';
import type { HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { eventsOfIncident } from '../../../domain/incidents/incident-events';
import { request } from '../../bridge/heron';

const pageSize = 1000;
const mostEvents = 20_000;
/** What figures, acknowledgements and notes are made of. */
const tellingTypes: readonly HeronEventType[] = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'flapping',
  'cluster-state',
  'edge-state',
  'acknowledged',
  'note',
];

/** The incident of this number; null: there is none. */
export async function readIncident(id: number): Promise<Incident | null> {
  const asked = { clusterId: null, fromMs: null, toMs: null, beforeId: id + 1, limit: 1 };
  const { incidents } = await request('incidents.list', asked);
  return incidents.find((incident) => incident.id === id) ?? null;
}

/** Incidents that overlap a range, the latest first; as many as one answer holds. */
export async function readIncidentsOf(fromMs: number, toMs: number): Promise<Incident[]> {
  const asked = { clusterId: null, fromMs, toMs, beforeId: null, limit: 200 };
  return (await request('incidents.list', asked)).incidents;
}

/** What tells how these incidents went: their telling events and all that were recorded after, the latest first. */
export function readTellingEvents(incidents: readonly Incident[]): Promise<RecordedEvent[]> {
  const oldestId = Math.min(...incidents.map(({ id }) => id));
  return incidents.length === 0 ? Promise.resolve([]) : readBack(tellingTypes, oldestId, null);
}

/** All events of one incident, in the order in which they happened. */
export async function readEventsOf(incident: Incident): Promise<RecordedEvent[]> {
  const lastId = incident.eventIds.at(-1) ?? incident.id;
  return eventsOfIncident(incident, await readBack(null, incident.id, lastId + 1));
}

async function readBack(
  types: readonly HeronEventType[] | null,
  oldestId: number,
  beforeId: number | null,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await request('history.events', {
      clusterId: null,
      types: types && [...types],
      beforeId: events.at(-1)?.id ?? beforeId,
      limit: pageSize,
    });
    events.push(...page.filter(({ id }) => id >= oldestId));
    const last = page.at(-1);
    if (page.length < pageSize || !last || last.id < oldestId || events.length >= mostEvents) return events;
  }
}
