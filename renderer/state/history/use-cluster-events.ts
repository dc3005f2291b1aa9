import { computed } from 'vue';
import { listUntilMs, mergeEvents, untilT, useEventsStore } from './events';
import { useTimeStore } from '../time/time';

/** A cluster's events, newest first, with gaps in monitoring. */
export function useClusterEvents(clusterId: () => string) {
  const events = useEventsStore();
  const time = useTimeStore();
  const untilMs = computed(() => listUntilMs(time.travelMs));
  const list = computed(() => events.open({ clusterId: clusterId(), types: null, untilMs: untilMs.value }));
  const gaps = computed(() => events.open({ clusterId: null, types: ['gap'], untilMs: untilMs.value }));
  return {
    list,
    rows: computed(() => {
      const oldest = list.value.rows.at(-1)?.id ?? 0;
      const since = gaps.value.rows.filter((gap) => list.value.complete || gap.id >= oldest);
      const merged = mergeEvents(list.value.rows, since);
      // At a T of the past, later events are not shown.
      return untilT(merged, time.travelMs);
    }),
  };
}
