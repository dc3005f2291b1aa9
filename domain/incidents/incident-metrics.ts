import { z } from 'zod';
import { incidentSchema, type Incident } from '../model/incident';
import { gapSpanSchema, type HeronEvent, type RecordedEvent } from '../model/event';
import { thresholds } from '../model/thresholds';
import { coversOutages } from '../past/unacknowledged-outages';
import { placeEvent } from './place-event';
import { longer, type TimeSpan } from '../model/time-span';

/** Durations of an incident in milliseconds. What is known only between two bounds has both. */
export const incidentMetricsSchema = z.object({
  /** From its beginning until Heron recorded it as trouble; null: its events were not read. */
  detectMs: gapSpanSchema.nullable(),
  /** The longest time from the loss of the active LB until the next one was active; null: no failover. */
  takeOverMs: gapSpanSchema.nullable(),
  /** The longest time that users were not served through the cluster IP, by Heron's probes; null: not known. */
  usersGapMs: gapSpanSchema.nullable(),
  /** From its start until it was acknowledged; null: it was not. */
  acknowledgeMs: z.number().nullable(),
  /** From its start to its end; null while it is open. */
  recoverMs: z.number().nullable(),
});
export type IncidentMetrics = z.infer<typeof incidentMetricsSchema>;

export const measuredIncidentSchema = z.object({ incident: incidentSchema, metrics: incidentMetricsSchema });
export type MeasuredIncident = z.infer<typeof measuredIncidentSchema>;

export type Acknowledgement = Extract<HeronEvent, { type: 'acknowledged' }>;

/**
 * The first acknowledgement of one of its clusters or standalone edges while it was open; null: none. What cut users off waits for one
 * also when it is over.
 */
export function firstAcknowledged(
  incident: Pick<Incident, 'startMs' | 'endMs' | 'clusters' | 'edges' | 'worst' | 'withoutActiveLbMs'>,
  events: readonly RecordedEvent[],
): Acknowledgement | null {
  // A standalone edge is acknowledged as a row of its own.
  const rows = new Set([
    ...incident.clusters.map(({ id }) => id),
    ...incident.edges.map(({ id }) => `edge:${id}`),
  ]);
  const untilMs = cutOff(incident) ? Infinity : (incident.endMs ?? Infinity);
  let first: Acknowledgement | null = null;
  for (const { event } of events) {
    if (
      event.type !== 'acknowledged' ||
      event.ended !== null ||
      event.covers?.isRemainder ||
      !rows.has(event.clusterId)
    )
      continue;
    if (event.timeMs > (incident.endMs ?? Infinity) && !coversOutages(event)) continue;
    const during = event.timeMs >= incident.startMs && event.timeMs <= untilMs;
    if (during && (first === null || event.timeMs < first.timeMs)) first = event;
  }
  return first;
}

/** Whether it has an outage that waits for an acknowledgement. */
function cutOff({ worst, withoutActiveLbMs }: Pick<Incident, 'worst' | 'withoutActiveLbMs'>): boolean {
  if (withoutActiveLbMs === null) return false;
  return withoutActiveLbMs.atLeast > 0 || worst === 'no-active-lb' || worst === 'down';
}

/** The metrics of an incident from its events; `events` may include others, in any order. */
export function incidentMetrics(incident: Incident, events: readonly RecordedEvent[]): IncidentMetrics {
  const own = new Set(incident.eventIds);
  const its = events.filter(({ id }) => own.has(id)).toSorted((a, b) => a.id - b.id);
  const trouble = its.find(({ event }) => placeEvent(event)?.weight === 'trouble');
  const acknowledged = firstAcknowledged(incident, events);
  return {
    detectMs: trouble ? detectionOf(trouble.event, its) : null,
    takeOverMs: its
      .map(({ event }) => (event.type === 'failover' || event.type === 'failback' ? event.gapMs : null))
      .reduce<TimeSpan | null>(longer, null),
    usersGapMs: its.map(({ event }) => usersGapOf(event)).reduce<TimeSpan | null>(longer, null),
    acknowledgeMs: acknowledged && acknowledged.timeMs - incident.startMs,
    recoverMs:
      incident.endMs === null
        ? null
        : Math.max(incident.endMs - incident.startMs, incident.withoutActiveLbMs?.atLeast ?? 0),
  };
}

/** How long users were not served, as far as an event reports it. */
export function usersGapOf(event: HeronEvent): TimeSpan | null {
  return 'usersGapMs' in event ? (event.usersGapMs ?? null) : null;
}

/**
 * Bounds of the time from the beginning of an incident until Heron recorded its first trouble. It may have begun as early as the lower
 * bound of any of its brackets; a state without a bracket, up to a full poll before it was read.
 */
function detectionOf(trouble: HeronEvent, its: readonly RecordedEvent[]): TimeSpan {
  const before = its.filter(({ event }) => event.recordedAtMs <= trouble.recordedAtMs);
  const certainMs = Math.min(...before.map(({ event }) => event.timeMs));
  const possibleMs = Math.min(...before.map(({ event }) => earliestMs(event)));
  const atLeast = Math.max(0, trouble.recordedAtMs - certainMs);
  return { atLeast, atMost: Math.max(atLeast, trouble.recordedAtMs - possibleMs) };
}

function earliestMs(event: HeronEvent): number {
  if ('bracket' in event && event.bracket) return event.bracket.lastOldMs;
  if ('stateBracket' in event && event.stateBracket) return event.stateBracket.lastOldMs;
  if (event.type === 'gap') return event.fromMs;
  const intervalMs = 'healthIntervalMs' in event ? event.healthIntervalMs : undefined;
  return event.timeMs - (intervalMs ?? thresholds.unrecordedHealthIntervalMs) - thresholds.pollDeadlineMs;
}
