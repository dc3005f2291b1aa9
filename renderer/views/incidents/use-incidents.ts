import { computed, ref } from 'vue';
import {
  allIncidents,
  isInScope,
  passesFilter,
  type IncidentFilter,
  type IncidentScope,
} from '../../../domain/incidents/incident-filter';
import { incidentMetrics, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import type { MeasuredPage } from '../../../domain/incidents/search-incidents';
import type { RecordedEvent } from '../../../domain/model/event';
import { noteThreads, notesOf } from '../../../domain/model/note-threads';
import { request } from '../../bridge/heron';
import { useBridgeQuery } from '../../bridge/use-query';
import { useNowStore } from '../../state/time/now';
import { noteScope } from './incident-range';
import { readRelevantEvents, readReactionsTo } from './read-incidents';

/** An incident ends by time, without an event. */
const refreshMs = 15_000;
const pageSize = 100;
const mostIncidents = 500;

/** Every cluster and time. */
const everywhere: IncidentScope = { clusterId: null, beganByMs: null, sinceMs: null };
/** While T moves, the list is read again once a minute of it. */
const stepMs = 60_000;

interface IncidentPage extends MeasuredPage {
  /** Those of its acknowledgements and notes, and maybe others. */
  events: RecordedEvent[];
  limit: number;
}

/**
 * Incidents of a scope that pass the filter, the latest first, with their metrics, who acknowledged them, and how many notes they have.
 * `counts`: of all in the scope, however few are read.
 */
export function useIncidents(
  scope: () => IncidentScope = () => everywhere,
  filter: () => IncidentFilter = () => allIncidents,
) {
  const now = useNowStore();
  const limit = ref(pageSize);
  const { data: counts } = useBridgeQuery({
    request: 'history.incidentCounts',
    name: 'incident counts',
    subject: () => scope().clusterId,
    args: () => ({ scope: scope(), filter: filter() }),
    fetch: (asked) => request('history.incidentCounts', { ...asked, nowMs: Math.round(now.nowMs) }),
    refreshMs: () => refreshMs,
    oneAtATime: true,
  });
  const { data, answered, failure, refetch } = useBridgeQuery({
    request: 'incidents.list',
    name: 'incidents with their metrics',
    args: () => ({ scope: inSteps(scope()), filter: filter(), limit: limit.value }),
    fetch: (asked) => readPage(asked, Math.round(now.nowMs)),
    refreshMs: () => refreshMs,
    oneAtATime: true,
  });

  const rows = computed(() => {
    const { incidents, events } = data.value ?? { incidents: [], events: [] };
    const threads = noteThreads(events).filter(({ latest: note }) => !note.event.withdrawn);
    return incidents
      .filter(({ incident }) => isInScope(incident, scope()) && passesFilter(incident, filter()))
      .map(({ incident, metrics }) => ({
        incident,
        metrics,
        acknowledged: firstAcknowledged(incident, events),
        notes: notesOf(threads, { incident: noteScope(incident) }).length,
      }));
  });
  return {
    rows,
    counts,
    /** There are no older ones to read. */
    complete: computed(() => data.value?.complete ?? false),
    /** As many are read as one answer holds. */
    full: computed(() => (data.value?.limit ?? 0) >= mostIncidents),
    /** False: they are still being read. */
    loaded: computed(() => data.value !== null && (answered.value || rows.value.length > 0)),
    failure,
    older: () => {
      limit.value = Math.min(mostIncidents, limit.value + pageSize);
    },
    refetch,
  };
}

function inSteps({ beganByMs, ...others }: IncidentScope): IncidentScope {
  return { ...others, beganByMs: beganByMs === null ? null : Math.ceil(beganByMs / stepMs) * stepMs };
}

/** The latest ones are derived from the latest events; those that a filter lets through may be anywhere in the history. */
async function readPage(
  asked: { scope: IncidentScope; filter: IncidentFilter; limit: number },
  nowMs: number,
): Promise<IncidentPage> {
  const { scope, filter, limit } = asked;
  const { kinds, openOnly, cutOffOnly, terms } = filter;
  if (kinds.length > 0 || openOnly || cutOffOnly || terms.length > 0) {
    const page = await request('history.incidents', { ...asked, nowMs });
    const events = await readReactionsTo(page.incidents.map(({ incident }) => incident));
    return { ...page, events, limit };
  }
  const { clusterId, sinceMs, beganByMs } = scope;
  const toMs = beganByMs === null ? null : beganByMs + 1;
  const page = await request('incidents.list', { clusterId, fromMs: sinceMs, toMs, beforeId: null, limit });
  const events = await readRelevantEvents(page.incidents);
  const incidents = page.incidents.map((incident) => ({
    incident,
    metrics: incidentMetrics(incident, events),
  }));
  return { incidents, complete: page.complete, events, limit };
}
