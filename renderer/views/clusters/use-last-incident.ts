import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { Incident } from '../../../domain/incidents/incident';
import { failureOf, request } from '../../bridge/heron';
import { useClusterEvents } from '../../state/history/use-cluster-events';

/** An incident ends by time, without an event. */
const refreshMs = 15_000;
/** Events come in bursts. */
const settleMs = 500;

/** A cluster's open incident, else its last one; null when there was none. Read again with each of its events. */
export function useLastIncident(clusterId: () => string) {
  const { list } = useClusterEvents(clusterId);
  const incident = shallowRef<Incident | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);

  async function load(): Promise<void> {
    const id = clusterId();
    const asked = { clusterId: id, fromMs: null, toMs: null, beforeId: null, limit: 1 };
    try {
      const { incidents } = await request('incidents.list', asked);
      if (id === clusterId()) incident.value = incidents[0] ?? null;
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'incidents.list');
    }
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => list.value.rows[0]?.id,
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void load(), settleMs);
    },
  );
  watch(
    clusterId,
    () => {
      incident.value = null;
      void load();
    },
    { immediate: true },
  );
  useIntervalFn(() => void load(), refreshMs);
  return { incident, failure };
}
