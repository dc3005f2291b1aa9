import type { Incident } from '../../../domain/model/incident';
import type { HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { eventsOfIncident } from '../../../domain/incidents/incident-events';
import { relatedIncidents } from '../../../domain/incidents/related-incidents';
import { thresholds } from '../../../domain/model/thresholds';
import { request } from '../../bridge/heron';

const pageSize = 1000;
const mostEvents = 20_000;
/** Event types that metrics, acknowledgements and notes are derived from. */
const relevantTypes: readonly HeronEventType[] = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
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
export async function readIncidentsIn(fromMs: number, toMs: number): Promise<Incident[]> {
  const asked = { clusterId: null, fromMs, toMs, beforeId: null, limit: 200 };
  return (await request('incidents.list', asked)).incidents;
}

/** Other incidents of its clusters at about the same time. */
export async function readRelatedIncidents(incident: Incident, nowMs: number): Promise<Incident[]> {
  const aroundMs = thresholds.relatedIncidentMs;
  const toMs = Math.round((incident.endMs ?? nowMs) + aroundMs) + 1;
  const found = await readIncidentsIn(Math.max(0, incident.startMs - aroundMs), toMs);
  return relatedIncidents(incident, found, nowMs);
}

/** The events that metrics, acknowledgements and notes of these incidents are derived from, the latest first. */
export function readRelevantEvents(incidents: readonly Incident[]): Promise<RecordedEvent[]> {
  const oldestId = Math.min(...incidents.map(({ id }) => id));
  return incidents.length === 0 ? Promise.resolve([]) : readBack(relevantTypes, oldestId, null);
}

/** Acknowledgements and notes since the oldest of these incidents, the latest first. */
export function readReactionsTo(incidents: readonly Incident[]): Promise<RecordedEvent[]> {
  const oldestId = Math.min(...incidents.map(({ id }) => id));
  return incidents.length === 0 ? Promise.resolve([]) : readBack(['acknowledged', 'note'], oldestId, null);
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
