import { refDebounced } from '@vueuse/core';
import { computed, type Ref } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import { useRequest } from '../../bridge/use-query';
import { useLiveStore } from '../../state/live/live';
import type { TimelineData } from './timeline-data';
import { withSourcePast } from './source-past';

/** Engines are asked once the range has stood still for so long. */
const standsStillMs = 300;
const leastUnitMs = 60_000;

/** What metrics sources watched in the gaps of a range, and the history completed by it. Nothing is asked where there are no gaps. */
export function useSourcePast(
  range: Ref<TimeRange>,
  rows: Ref<readonly { id: string }[]>,
  data: Ref<TimelineData>,
) {
  const live = useLiveStore();
  const rowIds = computed(() => rows.value.map(({ id }) => id));
  const wanted = computed(() => {
    const { fromMs, toMs } = range.value;
    const isSourced = (live.snapshot?.monitor.sources ?? []).length > 0;
    const hasGap = data.value.gaps.some((gap) => gap.fromMs < toMs && gap.toMs > fromMs);
    if (!isSourced || !hasGap || rowIds.value.length === 0) return null;
    return { ...wide(range.value), rowIds: [...rowIds.value].sort() };
  });
  // As text, so that a range that moves within its bounds asks nothing.
  const key = computed(() => JSON.stringify(wanted.value));
  const settled = refDebounced(key, standsStillMs);
  const {
    data: past,
    failure,
    loading,
  } = useRequest('sources.past', () => JSON.parse(settled.value) as typeof wanted.value, {
    oneAtATime: true,
  });
  const found = computed(() => (wanted.value === null ? null : past.value));
  return {
    completed: computed(() =>
      found.value ? withSourcePast(data.value, found.value, rowIds.value) : data.value,
    ),
    parts: computed(() => found.value?.parts ?? []),
    notes: computed(() => found.value?.notes ?? []),
    failure,
    loading: computed(() => wanted.value !== null && loading.value),
  };
}

/** Bounds that a range which follows now seldom leaves. */
function wide({ fromMs, toMs }: TimeRange): TimeRange {
  const unitMs = leastUnitMs * 2 ** Math.max(0, Math.floor(Math.log2((toMs - fromMs) / 4 / leastUnitMs)));
  return {
    fromMs: Math.max(0, Math.floor(fromMs / unitMs) * unitMs),
    toMs: Math.ceil(toMs / unitMs) * unitMs,
  };
}
