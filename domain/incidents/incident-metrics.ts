import type { Incident } from '../model/incident';
import type { HeronEvent, RecordedEvent } from '../model/event';
import { placeEvent } from './place-event';
import { longer, type TimeSpan } from './without-active-lb';

/** How an incident went, in milliseconds. What is only known between two bounds has both. */
export interface IncidentFigures {
  /** From when its first trouble happened until Heron wrote it down; null: its events were not read. */
  detectMs: TimeSpan | null;
  /** The longest time from an active LB's loss to the next one's rise; null: none moved. */
  takeOverMs: TimeSpan | null;
  /** From its start until somebody said that he has it; null: nobody did. */
  acknowledgeMs: number | null;
  /** From its start to its end; null while it is open. */
  recoverMs: number | null;
}

export type Acknowledgement = Extract<HeronEvent, { type: 'acknowledged' }>;

/** The first that said he has it while it went on, of one of its clusters or standalone edges; null: nobody did. */
export function firstAcknowledged(
  incident: Pick<Incident, 'startMs' | 'endMs' | 'clusters' | 'edges'>,
  events: readonly RecordedEvent[],
): Acknowledgement | null {
  // A standalone edge is acknowledged as a row of its own.
  const rows = new Set([
    ...incident.clusters.map(({ id }) => id),
    ...incident.edges.map(({ id }) => `edge:${id}`),
  ]);
  let first: Acknowledgement | null = null;
  for (const { event } of events) {
    if (event.type !== 'acknowledged' || event.ended !== null || !rows.has(event.clusterId)) continue;
    const during = event.timeMs >= incident.startMs && event.timeMs <= (incident.endMs ?? Infinity);
    if (during && (first === null || event.timeMs < first.timeMs)) first = event;
  }
  return first;
}

/** An incident's figures from its events; `events` may hold others as well, in any order. */
export function figuresOf(incident: Incident, events: readonly RecordedEvent[]): IncidentFigures {
  const own = new Set(incident.eventIds);
  const its = events.filter(({ id }) => own.has(id)).toSorted((a, b) => a.id - b.id);
  const trouble = its.find(({ event }) => placeEvent(event)?.weight === 'trouble');
  const acknowledged = firstAcknowledged(incident, events);
  return {
    detectMs: trouble ? detectionOf(trouble.event) : null,
    takeOverMs: its
      .map(({ event }) => (event.type === 'failover' || event.type === 'failback' ? event.gapMs : null))
      .reduce<TimeSpan | null>(longer, null),
    acknowledgeMs: acknowledged && acknowledged.timeMs - incident.startMs,
    recoverMs: incident.endMs === null ? null : incident.endMs - incident.startMs,
  };
}

/** It happened somewhere in its bracket: it was known at the soonest from its end on, at the latest from its beginning on. */
function detectionOf(event: HeronEvent): TimeSpan {
  const bracket = 'bracket' in event ? event.bracket : null;
  const atLeast = Math.max(0, event.recordedAtMs - (bracket?.firstNewMs ?? event.timeMs));
  return { atLeast, atMost: Math.max(atLeast, event.recordedAtMs - (bracket?.lastOldMs ?? event.timeMs)) };
}
