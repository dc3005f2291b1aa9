import { computed, ref, type Ref } from 'vue';
import type { RecordedEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import { withoutReplacedNotes } from '../../../domain/model/note-threads';
import { useFiltersStore } from '../../state/fleet/filters';
import { clusterMatches, searchTerms } from '../../state/fleet/search';
import { useViewStore } from '../../state/fleet/view';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useNowStore } from '../../state/time/now';
import { markedTypes } from '../../ui/timeline/event-marks';
import { subjectsOf } from '../../ui/timeline/lanes';
import { useTimelineData } from '../../ui/timeline/use-timeline-data';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { eventMatches, type TimelineFilter } from './event-filter';

/** The clusters of the timeline, what was read of them in its range, and the events that pass its filters. */
export function useTimelineContents(
  range: Ref<TimeRange>,
  open: Ref<ReadonlySet<string>>,
  selected: Ref<RecordedEvent | null>,
) {
  const view = useViewStore();
  const now = useNowStore();
  const filters = useFiltersStore();
  const preferences = usePreferencesStore();
  const hiddenTypes = ref<ReadonlySet<string>>(new Set());
  const problemsOnly = ref(false);
  const text = ref('');

  const clusters = computed(() =>
    view.clusters.filter((cluster) => clusterMatches(cluster, filters.terms)).sort(compareWorstFirst),
  );
  const subjects = computed(() => {
    const event = selected.value?.event;
    const chosen = event && 'clusterId' in event && event.clusterId !== null ? [event.clusterId] : [];
    return subjectsOf(clusters.value, new Set([...open.value, ...chosen]));
  });
  const { data, failure, loading } = useTimelineData(range, subjects, () => now.nowMs);

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
  /** How many events of each type the filters let through, hidden types included; null: not read yet. */
  const counts = computed(() => {
    const all = matching.value.filter(isInRange);
    const countOf = (wanted: string): number => all.filter(({ event }) => event.type === wanted).length;
    return markedTypes.map((type) => ({ type, count: data.value.eventsRead ? countOf(type) : null }));
  });

  return {
    clusters,
    data,
    failure,
    loading,
    hiddenTypes,
    problemsOnly,
    text,
    events,
    inRange,
    counts,
    isInRange,
  };
}
