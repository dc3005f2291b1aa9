import { computed, shallowRef } from 'vue';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useNowStore } from '../../state/time/now';
import { marksOf } from '../../ui/timeline/event-marks';
import { eventToSelect, hitAt, type PointablePicture, type TimelineHit } from '../../ui/timeline/hit-test';
import { tipWords, type Tip } from './tip-words';
import { useLaneCursor } from './use-lane-cursor';

/**
 * What the pointer or the keyboard is on, and its words. `picture`: what is drawn now; `scrollPx`: how far the lanes are scrolled;
 * `refine`: adds to the words what only the caller draws.
 */
export function usePointing(
  picture: () => Omit<PointablePicture, 'groups' | 'nowMs'>,
  scrollPx: () => number,
  refine: (point: { x: number; y: number }, tip: Tip | null) => Tip | null = (_point, tip) => tip,
) {
  const now = useNowStore();
  const preferences = usePreferencesStore();
  const point = shallowRef<{ x: number; y: number } | null>(null);

  function hit({ x, y }: { x: number; y: number }): TimelineHit | null {
    const drawn = picture();
    const groups = marksOf(drawn.events, drawn.scale);
    return hitAt({ x, y: y + scrollPx(), sightY: y }, { ...drawn, groups, nowMs: now.nowMs });
  }

  const cursor = useLaneCursor(picture, scrollPx);
  const pointed = computed(() => point.value && hit(point.value));
  const tip = computed(() => {
    const when = { nowMs: now.nowMs, zone: preferences.zone, endWords: now.endWords };
    const shown = point.value ? pointed.value : cursor.hit.value;
    const words = shown && tipWords(shown, when);
    return point.value ? refine(point.value, words) : words;
  });
  /** What the keyboard is on, to be read out: "fra-01: Users cut off…"; empty: nothing. */
  const announced = computed(() => {
    const lane = cursor.lane.value;
    if (!lane || point.value) return '';
    const cluster = picture().lanes.find((one) => one.kind === 'cluster' && one.clusterId === lane.clusterId);
    const words = tip.value ? [tip.value.title, ...tip.value.lines] : ['Nothing is recorded in this range'];
    return `${cluster?.name ?? ''}: ${words.join('. ')}`;
  });
  return {
    cursor,
    hit,
    tip,
    announced,
    /** Where the tip is. */
    at: computed(() => point.value ?? cursor.point.value),
    /** Hides the tip. Returns whether there was one. */
    leave: (): boolean => {
      const was = point.value !== null;
      point.value = null;
      return cursor.clear() || was;
    },
    /** A click there selects an event. */
    selects: computed(() => eventToSelect(pointed.value, null) !== null),
    handlers: {
      pointermove: (event: PointerEvent) => {
        const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
        cursor.clear();
        // A drag shows its own range.
        point.value = event.buttons === 0 ? { x: event.clientX - left, y: event.clientY - top } : null;
      },
      pointerleave: () => {
        point.value = null;
      },
    },
  };
}
