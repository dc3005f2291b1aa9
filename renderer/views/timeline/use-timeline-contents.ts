import { computed, ref, toRef, type Ref } from 'vue';
import type { HeronEventType, RecordedEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import { withoutReplacedNotes } from '../../../domain/model/note-threads';
import { useFiltersStore } from '../../state/fleet/filters';
import { clusterMatches, searchTerms } from '../../state/fleet/search';
import { useViewStore } from '../../state/fleet/view';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useNowStore } from '../../state/time/now';
import { markedTypes } from '../../ui/timeline/event-marks';
import { subjectsOf } from '../../ui/timeline/lanes';
import { useStableOrder } from '../../ui/table/use-stable-order';
import { useSourcePast } from '../../ui/timeline/use-source-past';
import { useTimelineData } from '../../ui/timeline/use-timeline-data';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { useOutageCounts, type OutageCounts } from './use-outages';
import { eventMatches, type TimelineFilter } from './event-filter';
import { useLinkedEvent } from './use-linked-event';

/** The clusters of the timeline, what was read of them in its range, and the events that pass its filters. */
export function useTimelineContents(
  range: Ref<TimeRange>,
  open: Ref<ReadonlySet<string>>,
  selected: Ref<RecordedEvent | null>,
) {
  const now = useNowStore();
  const preferences = usePreferencesStore();
  const hiddenTypes = ref<ReadonlySet<string>>(new Set());
  const problemsOnly = ref(false);
  const text = ref('');

  const { clusters, order } = useOrderedClusters();
  const subjects = computed(() => {
    const event = selected.value?.event;
    const chosen = event && 'clusterId' in event && event.clusterId !== null ? [event.clusterId] : [];
    return subjectsOf(clusters.value, new Set([...open.value, ...chosen]));
  });
  const { data, failure, loading } = useTimelineData(range, subjects, () => now.nowMs);

  const past = useSourcePast(range, clusters, data);
  const shownIds = computed(() => new Set(clusters.value.map(({ id }) => id)));
  const filter = computed<TimelineFilter>(() => ({
    problemsOnly: problemsOnly.value,
    terms: searchTerms(text.value),
    zone: preferences.zone,
  }));
  const isShown = ({ event }: RecordedEvent): boolean =>
    !('clusterId' in event) || event.clusterId === null || shownIds.value.has(event.clusterId);
  const current = computed(() => withoutReplacedNotes(data.value.events));
  const matching = computed(() =>
    current.value.filter((recorded) => isShown(recorded) && eventMatches(recorded, filter.value)),
  );
  const events = computed(() => matching.value.filter(({ event }) => !hiddenTypes.value.has(event.type)));
  const isInRange = ({ event }: RecordedEvent): boolean =>
    event.timeMs >= range.value.fromMs && event.timeMs < range.value.toMs;
  const inRange = computed(() => events.value.filter(isInRange));
  useLinkedEvent(events, selected);
  const outages = useOutageCounts(range, clusters);
  const counts = computed(() =>
    data.value.eventsRead
      ? countTypes(matching.value.filter(isInRange), filter.value, outages.value)
      : markedTypes.map((type) => ({ type, count: null })),
  );

  return {
    clusters,
    data,
    past,
    failure,
    loading,
    hiddenTypes,
    problemsOnly,
    text,
    events,
    inRange,
    counts,
    clustersDown: computed(() => outages.value?.clusterDown ?? 0),
    isInRange,
    order,
  };
}

/** The clusters of the search, worst first; the order stays while the pointer is over their lanes. */
function useOrderedClusters() {
  const view = useViewStore();
  const now = useNowStore();
  const filters = useFiltersStore();
  const sorted = computed(() =>
    view.clusters.filter((cluster) => clusterMatches(cluster, filters.terms)).sort(compareWorstFirst),
  );
  const order = useStableOrder(
    computed(() => sorted.value.map(({ id }) => id)),
    computed(() => filters.terms.join(' ')),
    toRef(now, 'monotonicMs'),
  );
  const clusters = computed(() => {
    const byId = new Map(sorted.value.map((cluster) => [cluster.id, cluster]));
    return order.order.value.flatMap((id) => byId.get(id) ?? []);
  });
  return { clusters, order };
}

/** How many events of each type the filters let through, hidden types included. */
function countTypes(
  events: readonly RecordedEvent[],
  { terms }: TimelineFilter,
  outages: OutageCounts | null,
): { type: HeronEventType; count: number }[] {
  return markedTypes.map((type) => {
    const count = events.filter(({ event }) => event.type === type).length;
    // A failover is also a time without an active LB, and a short one has no event of its own.
    const isCounted = type === 'no-active-lb' && terms.length === 0;
    return { type, count: isCounted ? Math.max(count, outages?.noActiveLb ?? 0) : count };
  });
}
