import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

/**
 * The page's clock: ticks once a second, on the second. Everything that says "… ago" reads it, so all of them step
 * together. `monotonicMs` does not jump when the computer's clock is set.
 */
export const useNowStore = defineStore('now', () => {
  const nowMs = shallowRef(Date.now());
  const monotonicMs = shallowRef(performance.now());
  /** The fixed time: the last moment of an opened file; null: the clock runs. */
  const standMs = shallowRef<number | null>(null);
  /** What the end of time is called: a file ends, the clock goes on. */
  const endWords = computed(() => (standMs.value === null ? 'now' : 'end of file'));
  let timer: ReturnType<typeof setTimeout> | null = null;

  function tick(): void {
    nowMs.value = standMs.value ?? Date.now();
    monotonicMs.value = performance.now();
  }

  function run(): void {
    try {
      tick();
    } finally {
      timer = setTimeout(run, 1000 - (Date.now() % 1000));
    }
  }

  function standAt(ms: number | null): void {
    standMs.value = ms;
    tick();
  }

  function start(): void {
    if (timer === null) run();
  }

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return { nowMs, monotonicMs, standMs, endWords, start, stop, tick, standAt };
});
