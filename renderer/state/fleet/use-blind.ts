import { computed, type ComputedRef } from 'vue';
import type { Blindness } from '../../../domain/model/blindness';
import type { Snapshot } from '../../../domain/model/snapshot';
import { useRequest } from '../../bridge/use-query';
import { useLiveStore } from '../live/live';
import { useViewStore } from './view';

export interface OwnBlindness {
  /** Undefined while something is seen, and in the past, where there is nothing to do about it. */
  blind: ComputedRef<Blindness | undefined>;
  /** All states when something was last seen; null: not known. */
  before: ComputedRef<Snapshot | null>;
}

/** Whether Heron sees nothing now, and what it saw last. */
export function useBlind(): OwnBlindness {
  const view = useViewStore();
  const live = useLiveStore();
  const blind = computed(() =>
    view.mode === 'live' ? live.blindness.find(({ isTotal }) => isTotal) : undefined,
  );
  // The moment of the last answer belongs to the gap already.
  const beforeMs = computed(() => (blind.value?.sinceMs ? Math.floor(blind.value.sinceMs) - 1 : null));
  const { data } = useRequest('history.snapshotAt', () =>
    beforeMs.value === null ? null : { atMs: beforeMs.value },
  );
  return { blind, before: computed(() => (blind.value ? data.value : null)) };
}
