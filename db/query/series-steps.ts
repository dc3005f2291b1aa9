import type { Series, SeriesRequest } from '../../domain/model/history';

/** The steps of a series, and the level it is made from. */
export type SeriesSteps = Omit<Series, 'byEdge'>;

/** The duration of each level's unit, milliseconds. */
export const unitMs: Record<Series['level'], number> = { sample: 1, minute: 60_000, hour: 3_600_000 };

/**
 * Steps for a range: whole milliseconds, all of one length, at most `points` of them. Steps of a minute or more are made from
 * minutes, of an hour or more from hours, and are aligned to them, so each step's values are exact. `finest`: the finest level that
 * is retained for the range.
 */
export function seriesSteps(
  request: Pick<SeriesRequest, 'fromMs' | 'toMs' | 'points'>,
  finest: Series['level'] = 'sample',
): SeriesSteps {
  const wantedMs = Math.max(1, Math.ceil(Math.max(request.toMs - request.fromMs, 1) / request.points));
  const leastMs = Math.max(wantedMs, unitMs[finest]);
  const level = leastMs >= unitMs.hour ? 'hour' : leastMs >= unitMs.minute ? 'minute' : 'sample';
  const unit = unitMs[level];
  const fromMs = Math.floor(request.fromMs / unit) * unit;
  const rangeMs = Math.max(request.toMs - fromMs, 1);
  // Aligning the start makes the range a little longer: the number of steps must not exceed `points`.
  let stepMs = Math.ceil(leastMs / unit) * unit;
  if (Math.ceil(rangeMs / stepMs) > request.points) stepMs += unit;
  const count = Math.ceil(rangeMs / stepMs);
  return { fromMs, stepMs, level, times: Array.from({ length: count }, (_, step) => fromMs + step * stepMs) };
}

/** The step that includes this time; -1: none. `toMs` ends the requested range. */
export function stepOf({ fromMs, stepMs, level }: SeriesSteps, atMs: number, toMs: number): number {
  const unit = unitMs[level];
  const startMs = Math.floor(atMs / unit) * unit;
  return startMs < fromMs || startMs >= toMs ? -1 : Math.floor((startMs - fromMs) / stepMs);
}
