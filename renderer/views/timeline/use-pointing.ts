import { computed, shallowRef } from 'vue';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useNowStore } from '../../state/time/now';
import { marksOf } from '../../ui/timeline/event-marks';
import { hitAt, type PointablePicture, type TimelineHit } from '../../ui/timeline/hit-test';
import { tipWords } from './tip-words';

/** What the pointer is on, and its words. `picture`: what is drawn now; `scrollPx`: how far the lanes are scrolled. */
export function usePointing(
  picture: () => Omit<PointablePicture, 'groups' | 'nowMs'>,
  scrollPx: () => number,
) {
  const now = useNowStore();
  const preferences = usePreferencesStore();
  const point = shallowRef<{ x: number; y: number } | null>(null);

  function hit({ x, y }: { x: number; y: number }): TimelineHit | null {
    const drawn = picture();
    const groups = marksOf(drawn.events, drawn.scale);
    return hitAt({ x, y: y + scrollPx(), sightY: y }, { ...drawn, groups, nowMs: now.nowMs });
  }

  const pointed = computed(() => point.value && hit(point.value));
  const tip = computed(() => {
    const when = { nowMs: now.nowMs, zone: preferences.zone, endWords: now.endWords };
    return pointed.value && tipWords(pointed.value, when);
  });
  return {
    point,
    hit,
    tip,
    /** A click there selects an event. */
    selects: computed(() => pointed.value?.kind === 'mark' || pointed.value?.kind === 'no-master'),
    handlers: {
      pointermove: (event: PointerEvent) => {
        const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
        // A drag shows its own range.
        point.value = event.buttons === 0 ? { x: event.clientX - left, y: event.clientY - top } : null;
      },
      pointerleave: () => {
        point.value = null;
      },
    },
  };
}
