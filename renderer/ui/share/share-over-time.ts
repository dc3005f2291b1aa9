import { spreadOverTime } from '../../../domain/past/serving-over-time';
import type { ShareSeries } from '../../../domain/model/history';
import type { Span } from '../../../domain/model/history';

/** One edge's share of its cluster's traffic at each step, 0..1; null: unknown. */
export interface EdgeShares {
  edgeId: string;
  edgeName: string;
  number: number;
  parts: (number | null)[];
  /** Difference of each share from an even split over the healthy edges, -1..1; null: unknown. */
  off: (number | null)[];
  /** Time of the last known share, if other edges have later ones; UTC milliseconds. */
  endedMs: number | null;
}

export interface SharesOverTime {
  fromMs: number;
  toMs: number;
  stepMs: number;
  times: number[];
  edges: EdgeShares[];
  /** Number of edges that carried traffic at each step; 0: unknown. */
  carrying: number[];
  /** Number of healthy edges at each step, each of which should get 1/healthy. Null: unknown, or changing. */
  healthy: (number | null)[];
  /** Time ranges without readings of any edge. */
  silences: { fromMs: number; toMs: number }[];
}

const mostPoints = 180;
/** Assumed while the poll interval is unknown. */
const usualIntervalMs = 10_000;

/**
 * How many steps to request for a time range. Each spans two polls, since a step without a poll would look like missing
 * readings. `intervalMs`: the poll interval; 0: unknown.
 */
export function pointsFor(lengthMs: number, intervalMs: number): number {
  const stepMs = 2 * (intervalMs > 0 ? intervalMs : usualIntervalMs);
  return Math.max(2, Math.min(mostPoints, Math.floor(lengthMs / stepMs)));
}

/**
 * Converts bits per second to shares. A step without readings is unknown, not zero; a step with some edges known shows the
 * shares among those. `spans`: the edges' states, which decide the even split.
 */
export function sharesOverTime(series: ShareSeries, spans: readonly Span[]): SharesOverTime {
  const steps = series.times.length;
  const sums = Array.from({ length: steps }, (_, step) => {
    const known = series.edges.flatMap((edge) => edge.bitsPerSecond[step] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  const spread = spreadOverTime(series, spans);
  const edges = series.edges.map(({ edgeId, edgeName, number, bitsPerSecond }, index) => {
    const parts = sums.map((sum, step) => {
      const own = bitsPerSecond[step] ?? null;
      return own === null || sum === null || sum <= 0 ? null : own / sum;
    });
    const off = parts.map((part, step) => {
      const expected = spread[step]?.expected?.[index];
      return part === null || expected === undefined ? null : part - expected;
    });
    return { edgeId, edgeName, number, parts, off, endedMs: endOf(parts, sums, series.times) };
  });
  const carrying = sums.map((_, step) => edges.filter((edge) => (edge.parts[step] ?? 0) > 0).length);
  return {
    fromMs: series.fromMs,
    toMs: series.toMs,
    stepMs: series.stepMs,
    times: series.times,
    edges: edges.sort((a, b) => a.number - b.number),
    carrying,
    healthy: spread.map(({ healthy }) => healthy),
    silences: silencesOf(sums, series),
  };
}

/** When an edge stopped carrying traffic while others went on; null if it did not. */
function endOf(parts: (number | null)[], sums: (number | null)[], times: number[]): number | null {
  const lastKnown = sums.findLastIndex((sum) => sum !== null && sum > 0);
  const lastOwn = parts.findLastIndex((part) => part !== null && part > 0);
  return lastOwn < 0 || lastOwn >= lastKnown - 1 ? null : (times[lastOwn] ?? null);
}

function silencesOf(sums: (number | null)[], series: ShareSeries): { fromMs: number; toMs: number }[] {
  const silences: { fromMs: number; toMs: number }[] = [];
  sums.forEach((sum, step) => {
    const at = series.times[step];
    if (sum !== null || at === undefined) return;
    const toMs = Math.min(series.toMs, at + series.stepMs);
    const last = silences.at(-1);
    if (last && at <= last.toMs) last.toMs = toMs;
    else silences.push({ fromMs: at, toMs });
  });
  // The newest step may not be complete yet.
  return silences.filter(
    ({ fromMs, toMs }) => toMs - fromMs > series.stepMs || toMs < series.toMs - series.stepMs,
  );
}

/** Band boundaries of an even split: one line for each k, at k/healthy, null where it does not exist. */
export function evenLines(healthy: readonly (number | null)[]): (number | null)[][] {
  const most = Math.max(0, ...healthy.map((edges) => edges ?? 0));
  return Array.from({ length: Math.max(0, most - 1) }, (_, index) =>
    healthy.map((edges) => (edges !== null && index + 1 < edges ? (index + 1) / edges : null)),
  );
}

/**
 * Moves labels next to a chart apart so that none overlap: in order, at least `gapPx` apart, within `topPx`..`bottomPx`
 * while they fit.
 */
export function spreadLabels(
  wantedPx: readonly number[],
  gapPx: number,
  topPx: number,
  bottomPx: number,
): number[] {
  const placed: number[] = [];
  for (const wanted of wantedPx) placed.push(Math.max(wanted, (placed.at(-1) ?? topPx - gapPx) + gapPx));
  let limit = bottomPx;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    placed[index] = Math.min(placed[index] ?? limit, limit);
    limit = (placed[index] ?? limit) - gapPx;
  }
  return placed;
}
