import { useElementSize } from '@vueuse/core';
import { computed, type Ref } from 'vue';
import type { Gap, Metric } from '../../../domain/model/history';
import type { MetricHistory } from '../../../domain/model/metric-history';
import { request } from '../../bridge/heron';
import { useBridgeQuery, useRequest } from '../../bridge/use-query';
import { useViewStore } from '../../state/fleet/view';
import { useLiveStore } from '../../state/live/live';
import { useTimeStore } from '../../state/time/time';
import { pollSpacingMs } from '../charts/poll-spacing';
import { metricPoints } from './metric-points';

const refreshMs = 5000;

/** What the charts of a cluster or of one of its edges are made from. */
export interface MetricData<Extra> {
  history: MetricHistory | null;
  gaps: Gap[];
  extra: Extra;
}

/** The range that is read. */
export interface MetricRange {
  fromMs: number;
  toMs: number;
}

export interface MetricSubject<Extra> {
  clusterId: () => string;
  /** Null: all edges of the cluster. */
  edgeId: () => string | null;
  metrics: readonly Metric[];
  /** The element whose width the charts have. */
  box: Ref<HTMLElement | null>;
  /** What else is read for the same range. */
  extra: (range: MetricRange) => Promise<Extra>;
}

/** Metrics over the time window that ends at T, refreshed while T is now. */
export function useMetricHistory<Extra>(subject: MetricSubject<Extra>) {
  const live = useLiveStore();
  const view = useViewStore();
  const time = useTimeStore();
  const { width } = useElementSize(subject.box);
  /** In coarse steps, so that resizing a window does not read the history for every pixel. */
  const widthPx = computed(() => Math.max(1, Math.round((width.value || 720) / 240)) * 240);

  async function fetch(asked: MetricArgs): Promise<MetricData<Extra>> {
    const toMs = Math.round(asked.travelMs ?? view.atMs);
    const fromMs = Math.max(0, toMs - asked.windowMs);
    const range = { fromMs, toMs };
    const { clusterId, edgeId } = asked;
    const read = (intervalMs: number): Promise<MetricHistory | null> => {
      const points = metricPoints(toMs - fromMs, intervalMs, asked.widthPx);
      return request('history.metricHistory', {
        clusterId,
        edgeId,
        metrics: [...subject.metrics],
        points,
        ...range,
      });
    };
    // At a time of the past its states may still be on their way.
    const [first, gaps, extra] = await Promise.all([
      read(live.snapshot?.monitor.healthIntervalMs ?? 0),
      request('history.gaps', range),
      subject.extra(range),
    ]);
    const polled = first?.edges.map(({ answered, lost }) =>
      answered.map((count, step) => count + (lost[step] ?? 0) > 0),
    );
    const spacingMs = first && polled ? pollSpacingMs(polled, first.stepMs) : 0;
    // Steps shorter than the time between two polls would look like missing readings.
    const history = first && spacingMs > first.stepMs ? await read(spacingMs) : first;
    return {
      history,
      gaps: gaps.filter(({ clusterIds }) => clusterIds === null || clusterIds.includes(clusterId)),
      extra,
    };
  }

  const { data, failure } = useBridgeQuery({
    request: 'history.metricHistory',
    name: subject.metrics.join(' '),
    subject: () => [subject.clusterId(), subject.edgeId()],
    args: (): MetricArgs => ({
      clusterId: subject.clusterId(),
      edgeId: subject.edgeId(),
      travelMs: time.travelMs,
      windowMs: time.windowMs,
      widthPx: widthPx.value,
    }),
    fetch,
    // A chart of a month does not change in seconds.
    refreshMs: (latest) => (time.live ? Math.max(refreshMs, (latest?.history?.stepMs ?? 0) / 2) : false),
    oneAtATime: true,
  });
  const coverage = useRequest('history.coverage', () => undefined, {
    refreshMs: (latest) => (latest === null ? refreshMs : false),
  });
  /** Since when anything was monitored, UTC milliseconds; null: not known. */
  const beganMs = computed(() => coverage.data.value?.firstMs ?? null);
  return { data, beganMs, failure };
}

interface MetricArgs {
  clusterId: string;
  edgeId: string | null;
  travelMs: number | null;
  windowMs: number;
  widthPx: number;
}
