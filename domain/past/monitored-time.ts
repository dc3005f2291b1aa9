import { thresholds } from '../model/thresholds';
import type { Gap, MonitorRun, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';

export type GapEvent = Extract<HeronEvent, { type: 'gap' }>;

/** Until when a run monitored; of one still running, slightly longer than its last write. */
export function watchedUntilMs(run: MonitorRun): number {
  return run.watchedUntilMs + (run.ended === 'running' ? thresholds.runningGraceMs : 0);
}

/**
 * The gaps that overlap a range, oldest first: the recorded ones, and the times before the first run, between runs and after the
 * last. `events` are the gap events of the range, and may include others.
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

/** Whether the states of a cluster are unknown in a gap. `clusterId` null: a standalone edge. Unwritten time was still monitored. */
export function hides(gap: Gap, clusterId: string | null): boolean {
  if (gap.reason === 'history-not-written') return false;
  return gap.clusterIds === null || (clusterId !== null && gap.clusterIds.includes(clusterId));
}

/** `range` without the times that others cover; these are ordered by their beginning. */
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
        ? 'Heron had not started monitoring.'
        : hole.fromMs >= lastMs
          ? 'The history ends before this time.'
          : 'Heron was not running. Not monitored.',
  }));
}
