import { computed, type Ref } from 'vue';
import type { ClusterView } from '../../../domain/model/snapshot';
import type { RecordedEvent } from '../../../domain/model/event';
import type { Span } from '../../../domain/model/history';
import { request } from '../../bridge/heron';
import { edgeMetrics } from '../../ui/metrics/edge-charts';
import { useMetricHistory, type MetricRange } from '../../ui/metrics/use-metric-history';
import { edgeEventMarks } from './edge-bands';

/** More marks than this could not be told apart. */
const mostEvents = 1000;

interface EdgeStates {
  spans: Span[];
  events: RecordedEvent[];
}

/** Metrics, states and events of an edge over the time window that ends at T. */
export function useEdgeHistory(
  clusterId: () => string,
  edgeId: () => string,
  kind: () => ClusterView['kind'],
  box: Ref<HTMLElement | null>,
) {
  async function states(range: MetricRange): Promise<EdgeStates> {
    const id = edgeId();
    const [spans, events] = await Promise.all([
      request('history.spans', { ...range, subjectIds: [id] }),
      request('history.events', {
        // The events of a standalone edge belong to no cluster.
        clusterId: kind() === 'cluster' ? clusterId() : null,
        types: ['failover', 'failback', 'edge-state', 'finding', 'no-active-lb', 'split-brain'],
        range,
        beforeId: null,
        limit: mostEvents,
      }),
    ]);
    return { spans, events };
  }

  const { data, beganMs, failure } = useMetricHistory({
    clusterId,
    edgeId,
    metrics: edgeMetrics,
    box,
    extra: states,
  });
  const isStandalone = computed(() => kind() === 'standalone');
  const marks = computed(() =>
    edgeEventMarks(data.value?.extra.events ?? [], edgeId()).filter(
      // Of no cluster: those of other rows are not about this edge.
      ({ recorded: { event } }) => !isStandalone.value || ('edgeId' in event && event.edgeId === edgeId()),
    ),
  );
  return {
    history: computed(() => data.value?.history ?? null),
    gaps: computed(() => data.value?.gaps ?? []),
    spans: computed(() => data.value?.extra.spans ?? []),
    marks,
    isRead: computed(() => data.value !== null),
    beganMs,
    failure,
  };
}
