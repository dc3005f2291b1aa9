import { computed, watchEffect, type ComputedRef } from 'vue';
import { isCorrectionOf } from '../../../domain/incidents/corrected-cause';
import type { CauseCorrection, RecordedEvent } from '../../../domain/model/event';
import { useTimeStore } from '../time/time';
import { listUntilMs, untilT, useEventsStore } from './events';

/** The latest correction of a failover's cause that was known at T; null: there is none. */
export function useCorrectedCause(recorded: () => RecordedEvent): ComputedRef<CauseCorrection | null> {
  const events = useEventsStore();
  const time = useTimeStore();
  const failover = computed(() => {
    const { event, id } = recorded();
    return event.type === 'failover' || event.type === 'failback' ? { event, id } : null;
  });
  // One list for all clusters: corrections are few.
  const list = computed(() =>
    failover.value === null
      ? null
      : events.open({
          clusterId: null,
          types: ['cause-corrected'],
          untilMs: listUntilMs(time.travelMs),
        }),
  );
  watchEffect(() => {
    const { value: corrections } = list;
    if (!corrections || corrections.complete || corrections.loading || corrections.failure) return;
    // A correction is recorded after its failover.
    if (failover.value && failover.value.id < (corrections.rows.at(-1)?.id ?? 0))
      void events.loadOlder(corrections);
  });
  return computed(() => {
    if (!failover.value || !list.value) return null;
    const { event } = failover.value;
    for (const { event: one } of untilT(list.value.rows, time.travelMs))
      if (one.type === 'cause-corrected' && isCorrectionOf(one, event)) return one;
    return null;
  });
}
