import { computed } from 'vue';
import { useRequest } from '../../bridge/use-query';

/** An incident ends by time, without an event. */
const refreshMs = 15_000;

/** A cluster's open incident, else its last one; null when there was none. */
export function useLastIncident(clusterId: () => string) {
  const { data, failure } = useRequest(
    'incidents.list',
    () => ({ clusterId: clusterId(), fromMs: null, toMs: null, beforeId: null, limit: 1 }),
    { subject: clusterId, refreshMs: () => refreshMs },
  );
  return { incident: computed(() => data.value?.incidents[0] ?? null), failure };
}
