import { computed, shallowRef, watch, type Ref } from 'vue';
import { nextOrder, noOrder } from './stable-order';

/** A pointer that rests this long over the rows is parked, not reading. */
const parkedAfterMs = 30_000;

/**
 * Holds the order of rows still for a reader: `sorted` is what the order should be, `asked` changes when the person
 * asked for another order, `nowMs` ticks. The pointer handlers belong on the element that holds the rows.
 */
export function useHeldOrder(sorted: Ref<readonly string[]>, asked: Ref<unknown>, nowMs: Ref<number>) {
  const held = shallowRef(noOrder);
  let movedAtMs = -Infinity;

  function update(forced: boolean): void {
    const busy = nowMs.value - movedAtMs < parkedAfterMs;
    held.value = nextOrder(held.value, sorted.value, { nowMs: nowMs.value, busy, forced });
  }

  watch(asked, () => update(true), { flush: 'sync' });
  watch([sorted, nowMs], () => update(false), { flush: 'sync', immediate: true });

  return {
    order: computed(() => held.value.ids),
    /** The order is held and would be another by now. */
    waiting: computed(() => held.value.waiting),
    sortNow: () => update(true),
    pointerMoved: () => {
      movedAtMs = nowMs.value;
    },
    pointerLeft: () => {
      movedAtMs = -Infinity;
    },
  };
}
