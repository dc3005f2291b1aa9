import type { Metric, Series, SeriesColumns } from '../model/history';
import type {
  ClusterMetric,
  EdgeHistory,
  EdgeMetric,
  MetricFigures,
  MetricHistory,
  MetricHistoryRequest,
} from '../model/metric-history';
import { generalLimits, limitsOf, type LoadLimits } from '../inventory/overrides';
import type { Inventory } from '../inventory/inventory';
import { edgesDuring, type NumberedEdge } from './share-over-range';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Every single reading of this much time, summed over the edges, can be read for a percentile without a noticeable wait. */
const mostReadingsMs = dayMs;
/** The same for minutes. */
const mostMinutesMs = 31 * dayMs;

/** More than all hours of five years. A range may claim any length, and each point takes memory: longer ones have coarser steps. */
const mostFinePoints = 50_000;

/** Where metrics are read from. Values are in each metric's own unit. */
export interface MetricReader {
  /** A metric of edges in steps made of nothing finer than `finest`. */
  series(metric: Metric, edgeIds: readonly string[], points: number, finest: Series['level']): Series;
  /** Every reading of the range by edge id, in any order; null: not retained for all of it. */
  readings(metrics: readonly Metric[], edgeIds: readonly string[]): ReadingsByEdge | null;
}

export type ReadingsByEdge = ReadonlyMap<string, Partial<Record<Metric, readonly number[]>>>;

/** An edge with its position in its cluster, and its limits. */
export interface LimitedEdge extends NumberedEdge {
  limits: LoadLimits;
}

/** The edges that a request is about, in any of the inventories, which are given oldest first; each as configured last. */
export function requestedEdges(
  inventories: readonly Inventory[],
  { clusterId, edgeId }: Pick<MetricHistoryRequest, 'clusterId' | 'edgeId'>,
): LimitedEdge[] {
  const edges = edgesDuring(inventories, clusterId).filter(({ id }) => edgeId === null || id === edgeId);
  const limits = new Map<string, LoadLimits>();
  for (const { clusters, standaloneEdges } of inventories) {
    const cluster = clusters.find(({ id }) => id === clusterId) ?? null;
    for (const edge of cluster?.edges ?? standaloneEdges) limits.set(edge.id, limitsOf(edge, cluster));
  }
  return edges.map((edge) => ({ ...edge, limits: limits.get(edge.id) ?? generalLimits }));
}

/** Metrics of these edges over the range, with the figures of the range made from the finest data that is quick to read. */
export function metricHistoryOf(
  edges: readonly LimitedEdge[],
  request: MetricHistoryRequest,
  reader: MetricReader,
): MetricHistory {
  const { fromMs, toMs, points, metrics } = request;
  const edgeIds = edges.map(({ id }) => id);
  const edgeTimeMs = (toMs - fromMs) * Math.max(1, edges.length);
  const readings = edgeTimeMs <= mostReadingsMs ? reader.readings(metrics, edgeIds) : null;
  const isLong = edgeTimeMs > mostMinutesMs;
  const unitMs = isLong ? 60 * minuteMs : minuteMs;
  const finePoints = Math.min(Math.ceil((toMs - fromMs) / unitMs) + 1, mostFinePoints);
  const drawn = (metric: Metric): Series => reader.series(metric, edgeIds, points, 'sample');
  const fine = (metric: Metric): Series =>
    reader.series(metric, edgeIds, finePoints, isLong ? 'hour' : 'minute');
  // Every answered poll has an answer time.
  const polls = drawn('latencyMs');
  const isFine = polls.stepMs <= unitMs;
  const finePolls = isFine ? polls : fine('latencyMs');
  const read = metrics.map((metric): ReadMetric => {
    if (metric === 'latencyMs') return { metric, drawn: polls, fine: finePolls };
    const steps = drawn(metric);
    return { metric, drawn: steps, fine: isFine ? steps : fine(metric) };
  });
  return {
    fromMs: polls.fromMs,
    toMs,
    stepMs: polls.stepMs,
    times: polls.times,
    level: polls.level,
    edges: edges.map((edge): EdgeHistory => {
      const columns = polls.byEdge[edge.id];
      return {
        edgeId: edge.id,
        edgeName: edge.name,
        number: edge.number,
        limits: edge.limits,
        answered: polls.times.map((_, step) => columns?.count[step] ?? 0),
        lost: polls.times.map((_, step) => columns?.unknown[step] ?? 0),
        metrics: Object.fromEntries(read.map((one) => [one.metric, edgeMetricOf(edge.id, one, readings)])),
      };
    }),
    cluster: Object.fromEntries(
      read.map((one) => [one.metric, clusterMetricOf(edgeIds, one, polls, finePolls)]),
    ),
  };
}

interface ReadMetric {
  metric: Metric;
  drawn: Series;
  fine: Series;
}

function edgeMetricOf(
  edgeId: string,
  { metric, drawn, fine }: ReadMetric,
  readings: ReadingsByEdge | null,
): EdgeMetric {
  const { min = [], avg = [], max = [] } = drawn.byEdge[edgeId] ?? {};
  const finest = fine.byEdge[edgeId];
  const figures: MetricFigures = {
    // Steps keep the largest reading in them.
    peak: largest(finest?.max ?? []),
    peakOfMs: 0,
    p95: percentile95(readings ? (readings.get(edgeId)?.[metric] ?? []) : known(finest?.avg ?? [])),
    p95OfMs: readings ? 0 : fine.stepMs,
  };
  return { min, avg, max, figures };
}

/** Whether all edges together have the sum of a metric; of the others, the largest counts. */
export function isSummed(metric: Metric): boolean {
  return metric === 'sessions' || metric.endsWith('BitsPerSecond');
}

function clusterMetricOf(
  edgeIds: readonly string[],
  { metric, drawn, fine }: ReadMetric,
  polls: Series,
  finePolls: Series,
): ClusterMetric {
  const shown = combined(metric, edgeIds, drawn, polls);
  const whole = drawn === fine ? shown : combined(metric, edgeIds, fine, finePolls);
  return {
    ...shown,
    figures: {
      peak: largest(whole.values),
      peakOfMs: isSummed(metric) ? fine.stepMs : 0,
      p95: percentile95(known(whole.values)),
      p95OfMs: fine.stepMs,
    },
    isPartial: whole.values.some(
      (value, step) => value !== null && (whole.known[step] ?? 0) < (whole.polled[step] ?? 0),
    ),
  };
}

type Combined = Pick<ClusterMetric, 'values' | 'known' | 'polled'>;

/** All edges in each step. Their readings are never of one instant, so a sum is made of averages. */
function combined(
  metric: Metric,
  edgeIds: readonly string[],
  { times, byEdge }: Series,
  polls: Series,
): Combined {
  const column = isSummed(metric) ? 'avg' : 'max';
  const made: Combined = { values: [], known: [], polled: [] };
  times.forEach((_, step) => {
    const parts = known(edgeIds.map((id) => byEdge[id]?.[column][step] ?? null));
    const total = isSummed(metric) ? parts.reduce((sum, part) => sum + part, 0) : Math.max(...parts);
    made.values.push(parts.length === 0 ? null : total);
    made.known.push(parts.length);
    made.polled.push(edgeIds.filter((id) => wasPolled(polls.byEdge[id], step)).length);
  });
  return made;
}

function wasPolled(polls: SeriesColumns | undefined, step: number): boolean {
  return (polls?.count[step] ?? 0) + (polls?.unknown[step] ?? 0) > 0;
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function largest(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (most, value) => (value === null ? most : Math.max(most ?? value, value)),
    null,
  );
}

/** The smallest value that at least 95 % of the values do not exceed (nearest rank); null without values. */
export function percentile95(values: readonly number[]): number | null {
  const inOrder = Float64Array.from(values).sort();
  return inOrder[Math.ceil(inOrder.length * 0.95) - 1] ?? null;
}
