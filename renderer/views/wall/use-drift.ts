import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef } from 'vue';

const stepMs = 120_000;
/** Nine positions two pixels apart, visited slowly. */
const places: readonly [number, number][] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [-2, 2],
  [-2, 0],
  [-2, -2],
  [0, -2],
  [2, -2],
];

/** A slowly changing offset of the whole wall as a CSS transform, against burn-in. */
export function useDrift(): ComputedRef<string> {
  const step = shallowRef(0);
  useIntervalFn(() => {
    step.value = (step.value + 1) % places.length;
  }, stepMs);
  return computed(() => {
    const [x, y] = places[step.value] ?? [0, 0];
    return `translate(${x}px, ${y}px)`;
  });
}
