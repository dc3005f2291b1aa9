import type { Incident } from '../../domain/model/incident';
import type { HistoryReadable } from '../../db/client/history';
import type { EventFilter } from '../../domain/model/history';
import type { IncidentPage, IncidentQuery } from '../../domain/contract/incident-list';
import type { RecordedEvent } from '../../domain/model/event';
import { incidentsOf } from '../../domain/incidents/incident-record';
import { isProblem } from '../../domain/model/health';
import { thresholds } from '../../domain/model/thresholds';

const firstPage = 500;
const largestPage = 10_000;
/** The latest events that are read for one answer at most. */
const mostEvents = 100_000;

/**
 * Incidents from a history's events. Events are read backwards until so many incidents are whole: one that may have begun before
 * what was read is not told yet. `nowMs`: UTC now.
 */
export async function listIncidents(
  history: Pick<HistoryReadable, 'events'>,
  query: IncidentQuery,
  nowMs: number,
): Promise<IncidentPage> {
  const ofCluster = reading(history, { clusterId: query.clusterId, types: null });
  // Starts and gaps belong to no cluster, and matter to each.
  const ofHeron =
    query.clusterId === null ? null : reading(history, { clusterId: null, types: ['start', 'gap'] });
  for (let limit = firstPage; ; limit = Math.min(limit * 2, largestPage)) {
    await ofCluster.readOlder(limit);
    while (ofHeron && !ofHeron.complete && (ofHeron.oldestId ?? Infinity) > (ofCluster.oldestId ?? 0))
      await ofHeron.readOlder(largestPage);
    const oldestId = ofCluster.complete ? 0 : (ofCluster.oldestId ?? 0);
    const beside = (ofHeron?.events ?? []).filter(({ id }) => id >= oldestId);
    const wholeFromMs = ofCluster.complete ? -Infinity : wholeFrom(ofCluster.events);
    const fitting = incidentsOf([...ofCluster.events, ...beside], nowMs).filter(
      (incident) => incident.startMs >= wholeFromMs && fits(incident, query),
    );
    const reached = wholeFromMs <= (query.fromMs ?? -Infinity);
    if (reached || fitting.length > query.limit || ofCluster.events.length >= mostEvents) {
      return {
        incidents: fitting.slice(0, query.limit),
        complete: reached && fitting.length <= query.limit,
      };
    }
  }
}

interface Reading {
  readonly events: RecordedEvent[];
  /** The oldest event's number; null before any was read. */
  readonly oldestId: number | null;
  readonly complete: boolean;
  readOlder(limit: number): Promise<void>;
}

/** Events that match, read backwards from the latest. */
function reading(
  history: Pick<HistoryReadable, 'events'>,
  filter: Pick<EventFilter, 'clusterId' | 'types'>,
): Reading {
  const events: RecordedEvent[] = [];
  let complete = false;
  return {
    events,
    get oldestId() {
      return events.at(-1)?.id ?? null;
    },
    get complete() {
      return complete;
    },
    async readOlder(limit) {
      const page = await history.events({ ...filter, beforeId: events.at(-1)?.id ?? null, limit });
      events.push(...page);
      complete = page.length < limit;
    },
  };
}

function fits(incident: Incident, { clusterId, fromMs, toMs, beforeId }: IncidentQuery): boolean {
  if (beforeId !== null && incident.id >= beforeId) return false;
  if (clusterId !== null && !incident.clusters.some(({ id }) => id === clusterId)) return false;
  if (fromMs !== null && incident.endMs !== null && incident.endMs < fromMs) return false;
  return toMs === null || incident.startMs < toMs;
}

/**
 * From when on incidents are whole although older events were not read: from the first time on at which each cluster was well, as
 * its changes of state tell.
 */
function wholeFrom(newestFirst: readonly RecordedEvent[]): number {
  const oldest = newestFirst.at(-1)?.event;
  if (!oldest) return Infinity;
  const known = new Set<string>();
  let wholeMs = oldest.recordedAtMs + thresholds.incidentQuietMs;
  for (const { event } of newestFirst.toReversed()) {
    if (event.type !== 'cluster-state' || known.has(event.clusterId)) continue;
    if (isProblem(event.from) && !isProblem(event.to))
      wholeMs = Math.max(wholeMs, event.recordedAtMs + thresholds.incidentQuietMs);
    if (!isProblem(event.from) || !isProblem(event.to)) known.add(event.clusterId);
  }
  return wholeMs;
}
