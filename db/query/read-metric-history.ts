import type Database from 'better-sqlite3';
import { metricHistoryRequestSchema, type MetricHistory } from '../../domain/model/metric-history';
import type { Metric, TimeRange } from '../../domain/model/history';
import { metricHistoryOf, requestedEdges, type ReadingsByEdge } from '../../domain/past/metric-history';
import { scales } from '../codec/sample-scale';
import { query, type QueriedFile } from './query';
import { chunksOf } from './read-chunks';
import { RollupRows } from './read-rollups';
import { finestRetained, readSeries } from './read-series';

const minuteMs = 60_000;

export const metricHistoryQueries = {
  /** Metrics of a cluster's edges over time, with peak and 95th percentile; null when the history knows no such edge in the range. */
  metricHistory: query(
    metricHistoryRequestSchema,
    ({ db, inventories }: QueriedFile, request): MetricHistory | null => {
      const { fromMs, toMs } = request;
      const range = { fromMs, toMs };
      const edges = requestedEdges(inventories.during(range), request);
      if (edges.length === 0) return null;
      const rollups = new RollupRows(db);
      return metricHistoryOf(edges, request, {
        series: (metric, edgeIds, points, finest) =>
          readSeries(db, { ...range, edgeIds: [...edgeIds], metric, points }, finest, rollups),
        readings: (metrics, edgeIds) =>
          finestRetained(db, range) === 'sample' ? readReadings(db, metrics, edgeIds, range) : null,
      });
    },
  ),
};

type Readings = Map<string, Partial<Record<Metric, number[]>>>;

/** Every retained reading of the range: those of compacted hours, then those that are not compacted yet. */
function readReadings(
  db: Database.Database,
  metrics: readonly Metric[],
  edgeIds: readonly string[],
  { fromMs, toMs }: TimeRange,
): ReadingsByEdge {
  const found: Readings = new Map(
    edgeIds.map((id) => [id, Object.fromEntries(metrics.map((metric) => [metric, []]))]),
  );
  const add = (edge: string, metric: Metric, stored: number): void => {
    found.get(edge)?.[metric]?.push(stored / scales[metric].perUnit);
  };
  for (const { edge, chunk } of chunksOf(db, { edgeIds, fromMs, toMs })) {
    const times = chunk.timesMs();
    for (const metric of metrics) {
      chunk.stored(metric).forEach((stored, row) => {
        const atMs = times[row] ?? 0;
        if (atMs >= fromMs && atMs < toMs && !Number.isNaN(stored)) add(edge, metric, stored);
      });
    }
  }
  for (const [edge, ...stored] of samplesOf(db, metrics, edgeIds, { fromMs, toMs })) {
    metrics.forEach((metric, index) => {
      const value = stored[index] ?? null;
      if (value !== null) add(edge, metric, value);
    });
  }
  return found;
}

function samplesOf(
  db: Database.Database,
  metrics: readonly Metric[],
  edgeIds: readonly string[],
  { fromMs, toMs }: TimeRange,
): IterableIterator<[string, ...(number | null)[]]> {
  return db
    .prepare<[Record<string, number | string>], [string, ...(number | null)[]]>(
      `SELECT edges.id, ${metrics.map((metric) => `samples.${scales[metric].column}`).join(', ')}
         FROM samples JOIN edges ON edges.number = samples.edge
        WHERE samples.minute BETWEEN @fromMinute AND @toMinute
          AND samples.edge IN (SELECT number FROM edges WHERE id IN (SELECT value FROM json_each(@edges)))
          AND samples.minute * 60000 + samples.ms >= @from AND samples.minute * 60000 + samples.ms < @to`,
    )
    .raw()
    .iterate({
      edges: JSON.stringify(edgeIds),
      fromMinute: Math.floor(fromMs / minuteMs),
      toMinute: Math.floor(toMs / minuteMs),
      from: fromMs,
      to: toMs,
    });
}
