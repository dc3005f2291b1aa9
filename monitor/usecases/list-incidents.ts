import type { Incident, IncidentKind } from '../../domain/model/incident';
import type { HistoryReadable } from '../../db/client/history';
import type { EventFilter, TimeRange } from '../../domain/model/history';
import type { IncidentPage, IncidentQuery } from '../../domain/contract/incident-list';
import type { RecordedEvent } from '../../domain/model/event';
import { incidentEventTypes } from '../../domain/incidents/incident-events';
import { incidentsOf } from '../../domain/incidents/incident-record';
import { isProblem } from '../../domain/model/health';
import { thresholds } from '../../domain/model/thresholds';
import { eventsForwards } from './read-events-forwards';

const firstPage = 500;
const largestPage = 10_000;
/** Max. events read for one answer. */
const maxEvents = 100_000;

/**
 * Incidents from a history's events, which are read backwards until enough incidents are complete: one that may have started before the
 * oldest event read is left out. `nowMs`: UTC now.
 */
export async function listIncidents(
  history: Pick<HistoryReadable, 'events'>,
  query: IncidentQuery,
  nowMs: number,
): Promise<IncidentPage> {
  const ofCluster = eventsBackwards(history, { clusterId: query.clusterId, types: null });
  // Starts and gaps belong to no cluster, and are part of the incidents of each.
  const ofHeron =
    query.clusterId === null ? null : eventsBackwards(history, { clusterId: null, types: ['start', 'gap'] });
  for (let limit = firstPage; ; limit = Math.min(limit * 2, largestPage)) {
    await ofCluster.readOlder(limit);
    while (ofHeron && !ofHeron.complete && (ofHeron.oldestId ?? Infinity) > (ofCluster.oldestId ?? 0))
      await ofHeron.readOlder(largestPage);
    const oldestId = ofCluster.complete ? 0 : (ofCluster.oldestId ?? 0);
    const common = (ofHeron?.events ?? []).filter(({ id }) => id >= oldestId);
    const completeFromMs = ofCluster.complete ? -Infinity : completeFrom(ofCluster.events);
    const fitting = incidentsOf([...ofCluster.events, ...common], nowMs).filter(
      (incident) => incident.startMs >= completeFromMs && fits(incident, query),
    );
    const reached = completeFromMs <= (query.fromMs ?? -Infinity);
    if (reached || fitting.length > query.limit || ofCluster.events.length >= maxEvents) {
      const page = fitting.slice(0, query.limit);
      return {
        incidents:
          query.clusterId === null
            ? page
            : await withOtherClusters(history, page, [...ofCluster.events, ...common], nowMs),
        complete: reached && fitting.length <= query.limit,
      };
    }
  }
}

/** Kinds that several clusters may have together: the events of one cluster show only its part. */
const sharedKinds: ReadonlySet<IncidentKind> = new Set(['cluster-down', 'not-seen']);
/** Max. events read for one of them. */
const maxSharedEvents = 20_000;
/** Reads for an incident whose other clusters took longer to recover. */
const maxReads = 5;

/** The incidents of one cluster, with what other clusters had of them. */
async function withOtherClusters(
  history: Pick<HistoryReadable, 'events'>,
  incidents: readonly Incident[],
  own: readonly RecordedEvent[],
  nowMs: number,
): Promise<Incident[]> {
  const whole: Incident[] = [];
  for (const incident of incidents)
    whole.push(
      sharedKinds.has(incident.kind) ? await wholeIncident(history, incident, own, nowMs) : incident,
    );
  return whole;
}

/** Reads the events of all clusters around an incident until it is over, or up to now. `own`: those of its cluster. */
async function wholeIncident(
  history: Pick<HistoryReadable, 'events'>,
  incident: Incident,
  own: readonly RecordedEvent[],
  nowMs: number,
): Promise<Incident> {
  const ownIds = new Set(own.map(({ id }) => id));
  const aroundMs = thresholds.consequenceMs + thresholds.lostTogetherMs;
  let found = incident;
  for (let reads = 0; reads < maxReads; reads += 1) {
    const lastMs = found.endMs ?? nowMs;
    const range = {
      fromMs: Math.max(0, found.startMs - aroundMs),
      toMs: lastMs + thresholds.incidentQuietMs,
    };
    const others = (await eventsWithin(history, range)).filter(({ id }) => !ownIds.has(id));
    const next =
      incidentsOf([...own, ...others], nowMs).find(({ eventIds }) => eventIds.includes(incident.id)) ?? found;
    const isSettled = next.startMs >= found.startMs && (next.endMs ?? nowMs) <= lastMs;
    found = next;
    if (isSettled) break;
  }
  return found;
}

async function eventsWithin(
  history: Pick<HistoryReadable, 'events'>,
  range: TimeRange,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of eventsForwards(history, { types: [...incidentEventTypes], range })) {
    events.push(...page);
    if (events.length >= maxSharedEvents) break;
  }
  return events;
}

interface EventsBackwards {
  readonly events: RecordedEvent[];
  /** The oldest event's number; null before any was read. */
  readonly oldestId: number | null;
  readonly complete: boolean;
  readOlder(limit: number): Promise<void>;
}

/** Events that match, read backwards from the latest. */
function eventsBackwards(
  history: Pick<HistoryReadable, 'events'>,
  filter: Pick<EventFilter, 'clusterId' | 'types'>,
): EventsBackwards {
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
 * From when on incidents are complete although older events were not read: from the first time at which every cluster was healthy,
 * according to its changes of state.
 */
function completeFrom(newestFirst: readonly RecordedEvent[]): number {
  const oldest = newestFirst.at(-1)?.event;
  if (!oldest) return Infinity;
  const known = new Set<string>();
  let completeMs = oldest.recordedAtMs + thresholds.incidentQuietMs;
  for (const { event } of newestFirst.toReversed()) {
    if (event.type !== 'cluster-state' || known.has(event.clusterId)) continue;
    if (isProblem(event.from) && !isProblem(event.to))
      completeMs = Math.max(completeMs, event.recordedAtMs + thresholds.incidentQuietMs);
    if (!isProblem(event.from) || !isProblem(event.to)) known.add(event.clusterId);
  }
  return completeMs;
}
