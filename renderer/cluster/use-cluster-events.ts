import { computed } from 'vue';
import { mergeEvents, useEventsStore } from '../stores/events';
import { useTimeStore } from '../stores/time';

/** A cluster's events, newest first, with the gaps in which nobody watched it. */
export function useClusterEvents(clusterId: () => string) {
  const events = useEventsStore();
  const time = useTimeStore();
  const list = computed(() => events.open({ clusterId: clusterId(), types: null }));
  const gaps = computed(() => events.open({ clusterId: null, types: ['gap'] }));
  return {
    list,
    rows: computed(() => {
      const oldest = list.value.rows.at(-1)?.id ?? 0;
      const since = gaps.value.rows.filter((gap) => list.value.complete || gap.id >= oldest);
      const merged = mergeEvents(list.value.rows, since);
      // What is shown at T knows nothing of what came later.
      const untilMs = time.travelMs;
      return untilMs === null ? merged : merged.filter(({ event }) => event.timeMs <= untilMs);
    }),
  };
}
