import { computed } from 'vue';
import { useRequest } from '../../bridge/use-query';

/** Incidents can end after a time without an event. */
const refreshMs = 15_000;

/** A cluster's open incident, otherwise its last one; null without any. */
export function useLastIncident(clusterId: () => string) {
  const { data, failure } = useRequest(
    'incidents.list',
    () => ({ clusterId: clusterId(), fromMs: null, toMs: null, beforeId: null, limit: 1 }),
    { subject: clusterId, refreshMs: () => refreshMs },
  );
  return { incident: computed(() => data.value?.incidents[0] ?? null), failure };
}
