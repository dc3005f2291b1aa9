import { z } from 'zod';
import { gapSpanSchema } from '../model/event';
import { longer, type TimeSpan } from '../model/time-span';
import type { MeasuredIncident } from './incident-metrics';

/** The incidents of a cluster in one month (UTC). Medians are over the incidents that have the value; null: none has. */
export const monthMetricsSchema = z.object({
  clusterId: z.string(),
  clusterName: z.string(),
  /** "2026-11". */
  month: z.string(),
  incidents: z.number().int(),
  open: z.number().int(),
  moves: z.number().int(),
  acknowledged: z.number().int(),
  /** The longest in the month. */
  withoutActiveLbMs: gapSpanSchema.nullable(),
  detectMs: gapSpanSchema.nullable(),
  takeOverMs: gapSpanSchema.nullable(),
  acknowledgeMs: z.number().nullable(),
  recoverMs: z.number().nullable(),
});
export type MonthMetrics = z.infer<typeof monthMetricsSchema>;

/** Metrics of each cluster and month, the latest month first, then by name. An incident of several clusters counts for each. */
export function metricsByMonth(all: readonly MeasuredIncident[]): MonthMetrics[] {
  const groups = new Map<string, { id: string; name: string; month: string; of: MeasuredIncident[] }>();
  for (const one of all) {
    const { clusters, edges, startMs } = one.incident;
    const month = new Date(startMs).toISOString().slice(0, 7);
    for (const { id, name } of clusters.length > 0 ? clusters : edges) {
      const key = `${month} ${id}`;
      const known = groups.get(key);
      if (known) known.of.push(one);
      else groups.set(key, { id, name, month, of: [one] });
    }
  }
  return [...groups.values()]
    .map(({ id, name, month, of }) => monthOf(id, name, month, of))
    .sort((a, b) => b.month.localeCompare(a.month) || a.clusterName.localeCompare(b.clusterName));
}

function monthOf(
  clusterId: string,
  clusterName: string,
  month: string,
  of: readonly MeasuredIncident[],
): MonthMetrics {
  const metrics = of.map((one) => one.metrics);
  const acknowledged = known(metrics.map(({ acknowledgeMs }) => acknowledgeMs));
  return {
    clusterId,
    clusterName,
    month,
    incidents: of.length,
    open: of.filter(({ incident }) => incident.endMs === null).length,
    moves: of.reduce((sum, { incident }) => sum + incident.moves, 0),
    acknowledged: acknowledged.length,
    withoutActiveLbMs: of
      .map(({ incident }) => incident.withoutActiveLbMs)
      .reduce<TimeSpan | null>(longer, null),
    detectMs: medianSpan(known(metrics.map(({ detectMs }) => detectMs))),
    takeOverMs: medianSpan(known(metrics.map(({ takeOverMs }) => takeOverMs))),
    acknowledgeMs: median(acknowledged),
    recoverMs: median(known(metrics.map(({ recoverMs }) => recoverMs))),
  };
}

function known<T>(values: readonly (T | null)[]): T[] {
  return values.flatMap((value) => (value === null ? [] : [value]));
}

/** The median of each bound: the true median lies between the two. */
function medianSpan(spans: readonly TimeSpan[]): TimeSpan | null {
  const atLeast = median(spans.map((span) => span.atLeast));
  const atMost = median(spans.map((span) => span.atMost));
  return atLeast === null || atMost === null ? null : { atLeast, atMost };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
