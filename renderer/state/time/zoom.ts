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
 * Zooming into the one stretch of time that all views show, and out of it again step by step. What was chosen otherwise
 * meanwhile (another length of time) makes the steps behind it worthless, and they are forgotten.
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

  /** The whole window shows this span: T is its end. Ten seconds at least, around the same middle. */
  function to({ fromMs, toMs }: { fromMs: number; toMs: number }): void {
    const missingMs = Math.max(0, leastZoomMs - (toMs - fromMs));
    step(() => {
      time.windowMs = Math.round(toMs - fromMs + missingMs);
      time.travelTo(toMs + missingMs / 2);
    });
  }

  /** The next shorter stretch before the same T. */
  function closer(): void {
    const windowMs = narrowerWindow(time.windowMs);
    if (windowMs !== time.windowMs)
      step(() => {
        time.windowMs = windowMs;
      });
  }

  /** Back to what was shown before the last zoom; answers whether there was one. T moves back only where it was not moved since. */
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

  /** A step back, else the next longer stretch. */
  function out(): void {
    if (!back()) time.zoomOut();
  }

  return { zoomed, to, closer, back, out };
});
