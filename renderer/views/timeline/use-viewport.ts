import { computed, ref, shallowRef, watch } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import { useRequest } from '../../bridge/use-query';
import { useNowStore } from '../../state/time/now';
import { useTimeStore } from '../../state/time/time';
import { dataRange } from '../../time/data-range';
import { longestMs, panned, shortestMs, zoomed } from '../../time/time-scale';

/** Until the history has its first reading. */
const coverageRefreshMs = 2000;

/**
 * The range the timeline shows. It opens on the time window that all views share, or on the history where that is shorter, and follows
 * now until it is moved away from it; while `isHeld`, it stands still. T is brought into it when T leaves it. `isExact`: the window was
 * asked for with both ends, and may reach beyond the history.
 */
export function useViewport(isHeld: () => boolean, isExact: () => boolean) {
  const time = useTimeStore();
  const now = useNowStore();
  const firstMs = useFirstReading();
  const range = shallowRef(opening());
  /** The range is still the initial one. */
  const untouched = ref(true);
  const following = ref(true);
  /** The now that the range was last moved to. */
  let alignedMs = now.nowMs;

  function opening(): TimeRange {
    const at = { nowMs: now.nowMs, travelMs: time.travelMs, windowMs: time.windowMs };
    return dataRange(at, isExact() ? null : firstMs.value);
  }

  function open(): void {
    range.value = opening();
    untouched.value = true;
    following.value = true;
    alignedMs = now.nowMs;
  }

  function move(next: TimeRange): void {
    range.value = next;
    untouched.value = false;
    following.value = next.toMs >= now.nowMs;
    alignedMs = now.nowMs;
  }

  function followNow(): void {
    if (!time.live || !following.value || isHeld()) return;
    range.value = untouched.value ? opening() : panned(range.value, now.nowMs - alignedMs);
    alignedMs = now.nowMs;
  }

  watch([() => now.nowMs, isHeld], followNow);
  watch(firstMs, () => untouched.value && open());
  watch(
    () => time.windowMs,
    (windowMs) => {
      const length = range.value.toMs - range.value.fromMs;
      if (Math.abs(length - windowMs) / windowMs > 0.06) open();
    },
  );
  watch(
    () => time.travelMs,
    (ms) => {
      const { fromMs, toMs } = range.value;
      if (ms === null || ms < fromMs || ms > toMs) open();
    },
  );

  function show(next: TimeRange): void {
    const length = Math.min(longestMs, Math.max(shortestMs, next.toMs - next.fromMs));
    move({ fromMs: next.fromMs, toMs: next.fromMs + length });
    time.windowMs = Math.round(length);
  }

  return {
    range,
    /** Whether the range moves along with now, as soon as nothing holds it. */
    following,
    follow: open,
    show,
    zoom: (factor: number, anchorMs: number) => show(zoomed(range.value, factor, anchorMs)),
    pan: (byMs: number) => move(panned(range.value, byMs)),
  };
}

/** When the history begins, UTC milliseconds; null: not known yet. */
function useFirstReading() {
  const { data } = useRequest('history.coverage', () => undefined, {
    refreshMs: (latest) => (latest === null ? coverageRefreshMs : false),
  });
  return computed(() => data.value?.firstMs ?? null);
}
