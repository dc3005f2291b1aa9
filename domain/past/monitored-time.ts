import type { Gap, MonitorRun, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';

/**
 * A run that was not seen to end is taken to have watched for so long after it last wrote: an inventory of few edges gives
 * it something to write every few seconds only.
 */
const runningGraceMs = 30_000;

export type GapEvent = Extract<HeronEvent, { type: 'gap' }>;

/** Until when a run surely watched, or may still: of a running one, a little longer than it last wrote. */
export function watchedUntilMs(run: MonitorRun): number {
  return run.watchedUntilMs + (run.ended === 'running' ? runningGraceMs : 0);
}

/**
 * The gaps that overlap a range, oldest first: those that were recorded, and the time before the first run, between runs
 * and after the last. `events` are the gap events that may matter; others do no harm.
 */
export function gapsWithin(
  range: TimeRange,
  runs: readonly MonitorRun[],
  events: readonly GapEvent[],
): Gap[] {
  const recorded = events.map((event): Gap => ({
    fromMs: event.fromMs,
    toMs: event.toMs,
    reason: event.reason,
    words: event.words,
    clusterIds: event.clusters?.map(({ id }) => id) ?? null,
  }));
  const gaps = recorded.filter((gap) => gap.toMs > gap.fromMs);
  const known = gaps.filter(hidesAll).sort((a, b) => a.fromMs - b.fromMs);
  for (const hole of holesBetween(range, runs)) {
    for (const { fromMs, toMs } of minus(hole, known)) {
      gaps.push({ fromMs, toMs, reason: 'not-running', words: hole.words, clusterIds: null });
    }
  }
  return gaps
    .filter((gap) => gap.fromMs < range.toMs && gap.toMs > range.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** Whether a gap hides the states of a cluster (null: of what has none). What was not written may still have been seen. */
export function hides(gap: Gap, clusterId: string | null): boolean {
  if (gap.reason === 'history-not-written') return false;
  return gap.clusterIds === null || (clusterId !== null && gap.clusterIds.includes(clusterId));
}

/** `range` without what the stretches cover; they are in order of their beginnings. */
export function minus<R extends TimeRange>(range: R, stretches: readonly TimeRange[]): TimeRange[] {
  const left: TimeRange[] = [];
  let atMs = range.fromMs;
  for (const { fromMs, toMs } of stretches) {
    if (fromMs >= range.toMs) break;
    if (fromMs > atMs) left.push({ fromMs: atMs, toMs: fromMs });
    atMs = Math.max(atMs, toMs);
  }
  if (atMs < range.toMs) left.push({ fromMs: atMs, toMs: range.toMs });
  return left;
}

function hidesAll(gap: Gap): boolean {
  return gap.reason !== 'history-not-written' && gap.clusterIds === null;
}

function holesBetween(range: TimeRange, runs: readonly MonitorRun[]): (TimeRange & { words: string })[] {
  const watched = runs
    .map((run) => ({ fromMs: run.startMs, toMs: watchedUntilMs(run) }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const firstMs = watched[0]?.fromMs ?? Infinity;
  const lastMs = Math.max(-Infinity, ...watched.map(({ toMs }) => toMs));
  return minus(range, watched).map((hole) => ({
    ...hole,
    words:
      hole.toMs <= firstMs
        ? 'Heron had not begun to watch.'
        : hole.fromMs >= lastMs
          ? 'This history ends before.'
          : 'Heron was not running. Nobody watched.',
  }));
}
