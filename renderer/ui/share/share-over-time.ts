import { spreadOverTime } from '../../../domain/past/serving-over-time';
import type { ShareSeries } from '../../../domain/model/history';
import type { Span } from '../../../domain/model/history';

/** One edge's part of its cluster's traffic at each step, 0..1; null: not known for this edge then. */
export interface EdgeShares {
  edgeId: string;
  edgeName: string;
  number: number;
  parts: (number | null)[];
  /** How far each part is from an even spread over the edges that were healthy then, -1..1; null: one of the two is not known. */
  off: (number | null)[];
  /** The last time with a known share, when that is before the end of what is known; UTC milliseconds. */
  endedMs: number | null;
}

export interface SharesOverTime {
  fromMs: number;
  toMs: number;
  stepMs: number;
  times: number[];
  edges: EdgeShares[];
  /** Edges that carried traffic at each step. 0: nothing known. */
  carrying: number[];
  /** Edges that were healthy at each step: an even spread gives each of them 1/healthy. Null: not known, or just changing. */
  healthy: (number | null)[];
  /** Stretches in which nothing is known about any edge. */
  silences: { fromMs: number; toMs: number }[];
}

const mostPoints = 180;
/** Where it is not known how often edges are polled. */
const usualIntervalMs = 10_000;

/**
 * How many steps to ask a stretch of time for. Each holds two polls: a step without one would look like a silence. `intervalMs`:
 * how often edges are polled; 0: not known.
 */
export function pointsFor(lengthMs: number, intervalMs: number): number {
  const stepMs = 2 * (intervalMs > 0 ? intervalMs : usualIntervalMs);
  return Math.max(2, Math.min(mostPoints, Math.floor(lengthMs / stepMs)));
}

/**
 * From bits per second to parts of the whole. A step without any reading is a silence, not a zero; a step in which only
 * some edges are known shows the parts among those. `spans`: the edges' states then, which say what even is.
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

/** When an edge dropped out while others went on; null when it is there to the end. */
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
  // The newest step may simply not be over yet: that is no silence.
  return silences.filter(
    ({ fromMs, toMs }) => toMs - fromMs > series.stepMs || toMs < series.toMs - series.stepMs,
  );
}

/** Where the bands of an even spread would meet: one line for each k, at k/healthy, null where it does not exist. */
export function evenLines(healthy: readonly (number | null)[]): (number | null)[][] {
  const most = Math.max(0, ...healthy.map((edges) => edges ?? 0));
  return Array.from({ length: Math.max(0, most - 1) }, (_, index) =>
    healthy.map((edges) => (edges !== null && index + 1 < edges ? (index + 1) / edges : null)),
  );
}

/**
 * Labels beside a chart, moved apart so that none covers another: keeps their order, at least `gapPx` apart, inside
 * `topPx`..`bottomPx` while they fit.
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
