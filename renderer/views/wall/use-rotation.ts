import { useIdle, useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type Ref } from 'vue';

const turnMs = 20_000;

/**
 * The index of the page to show. Turns by itself, but not while somebody uses the wall; restarts from the first when the number
 * of pages changes.
 */
export function useRotation(count: Readonly<Ref<number>>): {
  page: Readonly<Ref<number>>;
  turn(by: 1 | -1): void;
} {
  const shown = shallowRef(0);
  const page = computed(() => (count.value === 0 ? 0 : shown.value % count.value));
  const { idle } = useIdle(turnMs, { initialState: true });
  const { resume } = useIntervalFn(() => {
    if (idle.value) step(1);
  }, turnMs);
  function step(by: 1 | -1): void {
    const pages = Math.max(1, count.value);
    shown.value = (page.value + by + pages) % pages;
  }
  watch(count, () => {
    shown.value = 0;
  });
  return {
    page,
    turn(by) {
      step(by);
      resume();
    },
  };
}
