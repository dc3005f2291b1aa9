import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef } from 'vue';

const stepMs = 120_000;
/** A slow round through nine places, two pixels apart: no line stands on the same pixels for weeks. */
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

/** How far the whole wall stands aside, as a CSS transform, so that nothing burns into the screen. */
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
