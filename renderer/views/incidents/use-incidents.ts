import { computed, ref } from 'vue';
import { incidentMetrics, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import { noteThreads, notesOf } from '../../../domain/model/note-threads';
import { request } from '../../bridge/heron';
import { useBridgeQuery } from '../../bridge/use-query';
import { useNowStore } from '../../state/time/now';
import { noteScope } from './incident-range';
import { readRelevantEvents } from './read-incidents';

/** An incident ends by time, without an event. */
const refreshMs = 15_000;
const pageSize = 100;
const mostIncidents = 500;

/** How many incidents the whole history has, of one cluster or all, that began by a time; null: not read yet. */
function useIncidentCounts(clusterId: () => string | null, beganByMs: () => number | null) {
  const now = useNowStore();
  const asked = () => ({ clusterId: clusterId(), beganByMs: beganByMs() });
  const { data } = useBridgeQuery({
    request: 'history.incidentCounts',
    name: 'incident counts',
    args: asked,
    fetch: (args) => request('history.incidentCounts', { ...args, nowMs: Math.round(now.nowMs) }),
    refreshMs: () => refreshMs,
  });
  return data;
}

/** Incidents of one cluster or all, the latest first (`counts`: of those that began by a time, however few are read), with their metrics, who acknowledged them, and how many notes they have. `sinceMs`: only those that were not over by then. */
export function useIncidents(
  clusterId: () => string | null,
  beganByMs: () => number | null = () => null,
  sinceMs: () => number | null = () => null,
) {
  const counts = useIncidentCounts(clusterId, beganByMs);
  const limit = ref(pageSize);
  const { data, failure, refetch } = useBridgeQuery({
    request: 'incidents.list',
    name: 'incidents with their metrics',
    args: () => ({ clusterId: clusterId(), fromMs: sinceMs(), limit: limit.value }),
    fetch: async (asked) => {
      const page = await request('incidents.list', { ...asked, toMs: null, beforeId: null });
      return { ...page, events: await readRelevantEvents(page.incidents), limit: asked.limit };
    },
    refreshMs: () => refreshMs,
  });

  const rows = computed(() => {
    const { incidents, events } = data.value ?? { incidents: [], events: [] };
    const threads = noteThreads(events).filter(({ latest: note }) => !note.event.withdrawn);
    return incidents.map((incident) => ({
      incident,
      metrics: incidentMetrics(incident, events),
      acknowledged: firstAcknowledged(incident, events),
      notes: notesOf(threads, { incident: noteScope(incident) }).length,
    }));
  });
  return {
    rows,
    counts,
    /** There are no older ones to read. */
    complete: computed(
      () => data.value !== null && (data.value.complete || data.value.limit >= mostIncidents),
    ),
    loaded: computed(() => data.value !== null),
    failure,
    older: () => {
      limit.value = Math.min(mostIncidents, limit.value + pageSize);
    },
    refetch,
  };
}
