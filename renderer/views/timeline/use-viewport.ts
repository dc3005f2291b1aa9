import { computed, shallowRef, watch } from 'vue';
import { useNowStore } from '../../state/time/now';
import { useTimeStore } from '../../state/time/time';
import { longestMs, panned, shortestMs, zoomed } from '../../time/time-scale';

/** Space after now, as a part of the range, so that now can be seen as the end. */
const afterNow = 0.03;

/**
 * The range the timeline shows. It follows now while it reaches to now; its length is the window of time that all views share,
 * and T is brought into it when T leaves it.
 */
export function useViewport() {
  const time = useTimeStore();
  const now = useNowStore();
  const startMs = time.travelMs ?? now.nowMs;
  const range = shallowRef(endingAt(startMs, time.windowMs, time.travelMs === null ? afterNow : 0.35));
  const following = computed(() => time.live && range.value.toMs >= now.nowMs);

  watch(
    () => now.nowMs,
    (nowMs, before) => {
      if (following.value) range.value = panned(range.value, nowMs - before);
    },
  );
  watch(
    () => time.windowMs,
    (windowMs) => {
      const length = range.value.toMs - range.value.fromMs;
      if (Math.abs(length - windowMs) / windowMs > 0.06) {
        range.value = endingAt(
          time.travelMs ?? now.nowMs,
          windowMs,
          time.travelMs === null ? afterNow : 0.35,
        );
      }
    },
  );
  watch(
    () => time.travelMs,
    (ms) => {
      if (ms === null) range.value = endingAt(now.nowMs, time.windowMs, afterNow);
      else if (ms < range.value.fromMs || ms > range.value.toMs) {
        range.value = endingAt(ms, range.value.toMs - range.value.fromMs, 0.35);
      }
    },
  );

  function show(next: { fromMs: number; toMs: number }): void {
    const length = Math.min(longestMs, Math.max(shortestMs, next.toMs - next.fromMs));
    range.value = { fromMs: next.fromMs, toMs: next.fromMs + length };
    time.windowMs = Math.round(length);
  }

  return {
    range,
    show,
    zoom: (factor: number, anchorMs: number) => show(zoomed(range.value, factor, anchorMs)),
    pan: (byMs: number) => {
      range.value = panned(range.value, byMs);
    },
  };
}

/** A range of this length in which the part `after` lies after `ms`. */
function endingAt(ms: number, lengthMs: number, after: number): { fromMs: number; toMs: number } {
  const toMs = ms + lengthMs * after;
  return { fromMs: toMs - lengthMs, toMs };
}
