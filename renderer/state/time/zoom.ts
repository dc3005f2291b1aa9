import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { leastZoomMs } from '../../time/drag-span';
import { narrowerWindow } from '../../time/window-lengths';
import { useTimeStore } from './time';

interface Shown {
  travelMs: number | null;
  windowMs: number;
}

/**
 * Zooming into the time window that all views share, and out of it again step by step. Choosing another length of the
 * window in between discards the steps.
 */
export const useZoomStore = defineStore('zoom', () => {
  const time = useTimeStore();
  const steps = shallowRef<readonly { before: Shown; after: Shown }[]>([]);

  function shown(): Shown {
    return { travelMs: time.travelMs, windowMs: time.windowMs };
  }

  const zoomed = computed(() => steps.value.at(-1)?.after.windowMs === time.windowMs);

  function step(change: () => void): void {
    const before = shown();
    change();
    steps.value = [...(zoomedFrom(before) ? steps.value : []), { before, after: shown() }];
  }

  function zoomedFrom(before: Shown): boolean {
    return steps.value.at(-1)?.after.windowMs === before.windowMs;
  }

  /** Shows this span, with T at its end. At least ten seconds, around the same middle. */
  function to({ fromMs, toMs }: { fromMs: number; toMs: number }): void {
    const missingMs = Math.max(0, leastZoomMs - (toMs - fromMs));
    step(() => {
      time.windowMs = Math.round(toMs - fromMs + missingMs);
      time.travelTo(toMs + missingMs / 2);
    });
  }

  /** The next shorter time window before the same T. */
  function closer(): void {
    const windowMs = narrowerWindow(time.windowMs);
    if (windowMs !== time.windowMs)
      step(() => {
        time.windowMs = windowMs;
      });
  }

  /** Undoes the last zoom; returns whether there was one. T moves back only where it was not moved since. */
  function back(): boolean {
    const last = steps.value.at(-1);
    if (!last || !zoomed.value) {
      steps.value = [];
      return false;
    }
    steps.value = steps.value.slice(0, -1);
    time.windowMs = last.before.windowMs;
    if (time.travelMs === last.after.travelMs) {
      if (last.before.travelMs === null) time.goLive();
      else time.travelTo(last.before.travelMs);
    }
    return true;
  }

  /** Undoes the last zoom, else shows the next longer time window. */
  function out(): void {
    if (!back()) time.zoomOut();
  }

  return { zoomed, to, closer, back, out };
});
