import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type Ref } from 'vue';

const turnMs = 15_000;

/** The index of the page to show. Restarts from the first when the number of pages changes. */
export function useRotation(count: Readonly<Ref<number>>): { page: Readonly<Ref<number>>; next(): void } {
  const turn = shallowRef(0);
  const page = computed(() => (count.value === 0 ? 0 : turn.value % count.value));
  function next(): void {
    turn.value = (page.value + 1) % Math.max(1, count.value);
  }
  watch(count, () => {
    turn.value = 0;
  });
  useIntervalFn(next, turnMs);
  return { page, next };
}
