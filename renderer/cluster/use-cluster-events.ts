import { computed } from 'vue';
import { mergeEvents, useEventsStore } from '../stores/events';

/** A cluster's events, newest first, with the gaps in which nobody watched it. */
export function useClusterEvents(clusterId: () => string) {
  const events = useEventsStore();
  const list = computed(() => events.open({ clusterId: clusterId(), types: null }));
  const gaps = computed(() => events.open({ clusterId: null, types: ['gap'] }));
  return {
    list,
    rows: computed(() => {
      const oldest = list.value.rows.at(-1)?.id ?? 0;
      const since = gaps.value.rows.filter((gap) => list.value.complete || gap.id >= oldest);
      return mergeEvents(list.value.rows, since);
    }),
  };
}
