import { useIntervalFn } from '@vueuse/core';
import { ref } from 'vue';

const tickMs = 250;
/** Seconds of history per second. */
export const speeds = [1, 5, 60] as const;
export type Speed = (typeof speeds)[number];

/** Plays history back: calls `advance` four times a second with the milliseconds that pass at the chosen speed. */
export function usePlayback(advance: (byMs: number) => void) {
  const speed = ref<Speed>(1);
  const { isActive, resume, pause } = useIntervalFn(() => advance(tickMs * speed.value), tickMs, {
    immediate: false,
  });
  return { speed, playing: isActive, resume, pause };
}
