import { computed, ref, watch, type Ref } from 'vue';
import type { RecordedEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import type { ClusterView } from '../../../domain/model/snapshot';
import { useFileStore } from '../../state/live/file';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useNowStore } from '../../state/time/now';
import { useTimeStore } from '../../state/time/time';
import { ticksOf } from '../../time/time-scale';
import { useCanvas } from '../../ui/charts/use-canvas';
import { drawTimeline } from '../../ui/timeline/draw-timeline';
import { marksOf } from '../../ui/timeline/event-marks';
import { laneAt, lanesHeight, lanesOf, type Lane } from '../../ui/timeline/lanes';
import { useTimelineColours } from '../../ui/timeline/timeline-colours';
import type { TimelineData } from '../../ui/timeline/timeline-data';
import { lensHeightPx, type Lens } from './lens/lens';

export interface LanePictureProps {
  readonly range: TimeRange;
  readonly clusters: readonly ClusterView[];
  readonly data: TimelineData;
  /** The events that are marked. */
  readonly events: readonly RecordedEvent[];
  readonly selected: RecordedEvent | null;
}

/** The lanes as a picture: which ones are in sight, the scale of time, and the canvas that is drawn when any of it changes. */
export function useLanePicture(
  props: LanePictureProps,
  open: Ref<ReadonlySet<string>>,
  measured: Ref<TimeRange | null>,
  lens: Ref<Lens | null>,
  elements: { box: Ref<HTMLElement | null>; canvas: Ref<HTMLCanvasElement | null> },
) {
  const now = useNowStore();
  const time = useTimeStore();
  const preferences = usePreferencesStore();
  const colours = useTimelineColours();
  const files = useFileStore();
  const atMs = computed(() => time.travelMs ?? now.nowMs);

  const lanes = computed(() =>
    lanesOf(
      props.clusters,
      open.value,
      lens.value && { clusterId: lens.value.clusterId, heightPx: lensHeightPx(lens.value) },
    ),
  );
  const drawn = useCanvas(elements.canvas, elements.box, (pen, widthPx, drawnHeightPx) => {
    const scaled = { ...props.range, widthPx };
    drawTimeline(pen, {
      scale: scaled,
      heightPx: drawnHeightPx,
      lanes: lanesInSight.value,
      scrollPx: scrollPx.value,
      lanesBy: props.data.lanesBy,
      gaps: props.data.gaps,
      sourced: props.data.sourced,
      outages: props.data.outages,
      groups: marksOf(props.events, scaled),
      moves: props.events,
      ticks: ticks.value.ticks,
      nowMs: now.nowMs,
      unprovenFromMs: files.unprovenFromMs,
      atMs: atMs.value,
      selectedId: props.selected?.id ?? null,
      measure: measured.value,
      colours: colours.value,
    });
  });
  const heightPx = computed(() => drawn.height.value || 600);
  const scale = computed(() => ({ ...props.range, widthPx: drawn.width.value || 1000 }));
  const ticks = computed(() => ticksOf(scale.value, preferences.zone));
  const { scrollPx, scroll, lanesInSight } = useLaneScroll(lanes, heightPx);

  const others = [lanes, colours, scrollPx, atMs, measured, () => files.unprovenFromMs];
  watch([() => [props.range, props.data, props.selected, props.events], ...others], () => drawn.request());
  return {
    atMs,
    lanes,
    lanesInSight,
    scale,
    ticks,
    scrollPx,
    scroll,
    heightPx,
    /** The lane at a height of the box. */
    laneAtY: (y: number) => laneAt(lanes.value, y + scrollPx.value),
  };
}

/** How far the lanes are scrolled, pixels, and which ones are in sight. */
function useLaneScroll(lanes: Ref<Lane[]>, heightPx: Ref<number>) {
  const scrollPx = ref(0);
  const mostScrollPx = computed(() => Math.max(0, lanesHeight(lanes.value) - heightPx.value));
  const lanesInSight = computed(() =>
    lanes.value.filter(
      (lane) => lane.topPx + lane.heightPx >= scrollPx.value && lane.topPx <= scrollPx.value + heightPx.value,
    ),
  );
  watch(mostScrollPx, (most) => {
    scrollPx.value = Math.min(scrollPx.value, most);
  });
  return {
    scrollPx,
    lanesInSight,
    scroll: (byPx: number): void => {
      scrollPx.value = Math.min(mostScrollPx.value, Math.max(0, scrollPx.value + byPx));
    },
  };
}
