import { computed, shallowRef, watch } from 'vue';
import { useNowStore } from '../../state/time/now';
import { xOf } from '../../time/time-scale';
import { marksOf } from '../../ui/timeline/event-marks';
import type { PointablePicture } from '../../ui/timeline/hit-test';
import { hasStops, nextStop, stopNear, stopsOf, type LaneStop } from '../../ui/timeline/lane-stops';
import type { Lane } from '../../ui/timeline/lanes';

/** Where the keyboard is on the lanes: up and down go from lane to lane, left and right along what a lane shows. */
export function useLaneCursor(
  picture: () => Omit<PointablePicture, 'groups' | 'nowMs'>,
  scrollPx: () => number,
) {
  const now = useNowStore();
  const place = shallowRef<{ laneKey: string; stop: LaneStop | null; atMs: number } | null>(null);
  const lanes = (): Lane[] => picture().lanes.filter(hasStops);
  const lane = computed(() => lanes().find(({ key }) => key === place.value?.laneKey) ?? null);

  function stops(on: Lane): LaneStop[] {
    const drawn = picture();
    return stopsOf(on, { ...drawn, groups: marksOf(drawn.events, drawn.scale), nowMs: now.nowMs });
  }

  /** Goes to the lane above or below, to what it shows at the same time. Returns the lane; null: there is none. */
  function toLane(side: -1 | 1, fromMs: number): Lane | null {
    const all = lanes();
    const index = all.findIndex(({ key }) => key === place.value?.laneKey);
    const next = index < 0 ? all.at(side > 0 ? 0 : -1) : all[index + side];
    if (!next) return lane.value;
    const atMs = place.value?.atMs ?? fromMs;
    place.value = { laneKey: next.key, stop: stopNear(stops(next), atMs), atMs };
    return next;
  }

  /** Goes along the lane. False: no lane is chosen, or it shows nothing more on that side. */
  function along(side: -1 | 1): boolean {
    const [on, here] = [lane.value, place.value];
    if (!on || !here) return false;
    const all = stops(on);
    const next = here.stop ? nextStop(all, here.stop, side) : stopNear(all, here.atMs);
    if (!next) return false;
    place.value = { laneKey: on.key, stop: next, atMs: next.atMs };
    return true;
  }

  function clear(): boolean {
    const was = place.value !== null;
    place.value = null;
    return was;
  }
  // A lane that is folded away takes the cursor with it.
  watch(lane, (found) => {
    if (found === null) clear();
  });

  const hit = computed(() => place.value?.stop?.hit ?? null);
  /** Where it is drawn; null: nowhere. */
  const point = computed(() => {
    const { scale } = picture();
    if (!lane.value || !place.value) return null;
    const x = Math.min(scale.widthPx, Math.max(0, xOf(scale, place.value.stop?.atMs ?? place.value.atMs)));
    return { x, y: lane.value.topPx + lane.value.heightPx / 2 - scrollPx() };
  });
  return { lane, hit, point, toLane, along, clear };
}
