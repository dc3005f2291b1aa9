import { computed, shallowRef, watch, type Ref } from 'vue';
import { nextOrder, noOrder } from './stable-order';

/** A pointer that has not moved for this long no longer blocks a re-sort. */
const idleAfterMs = 30_000;

/**
 * Keeps the order of rows stable while the pointer is over them: `sorted` is the order to reach, `sortKey` changes when the
 * user asks for another order, `nowMs` ticks. The pointer handlers belong on the element that contains the rows.
 */
export function useStableOrder(sorted: Ref<readonly string[]>, sortKey: Ref<unknown>, nowMs: Ref<number>) {
  const current = shallowRef(noOrder);
  let movedAtMs = -Infinity;

  function update(forced: boolean): void {
    const busy = nowMs.value - movedAtMs < idleAfterMs;
    current.value = nextOrder(current.value, sorted.value, { nowMs: nowMs.value, busy, forced });
  }

  watch(sortKey, () => update(true), { flush: 'sync' });
  watch([sorted, nowMs], () => update(false), { flush: 'sync', immediate: true });

  return {
    order: computed(() => current.value.ids),
    /** A re-sort is due but held back by the pointer. */
    waiting: computed(() => current.value.waiting),
    sortNow: () => update(true),
    pointerMoved: () => {
      movedAtMs = nowMs.value;
    },
    pointerLeft: () => {
      movedAtMs = -Infinity;
    },
  };
}
