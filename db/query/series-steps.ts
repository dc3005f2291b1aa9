import type { Series, SeriesRequest } from '../../domain/model/history';

/** Where the steps of a series lie, and what its figures are made from. */
export type SeriesSteps = Omit<Series, 'byEdge'>;

/** What each level's figures are of, milliseconds. */
export const unitMs: Record<Series['level'], number> = { sample: 1, minute: 60_000, hour: 3_600_000 };

/**
 * Steps for a range: whole milliseconds, all of one length, no more of them than points asked for. Steps of a minute or more
 * are made from minutes, of an hour or more from hours, and lie on them: so each step's figures are exact. `finest`: the
 * finest figures that are kept of the range.
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
  // Beginning on a whole unit makes the range a little longer: the steps must still be few enough.
  let stepMs = Math.ceil(leastMs / unit) * unit;
  if (Math.ceil(rangeMs / stepMs) > request.points) stepMs += unit;
  const count = Math.ceil(rangeMs / stepMs);
  return { fromMs, stepMs, level, times: Array.from({ length: count }, (_, step) => fromMs + step * stepMs) };
}

/** The step in which something of this time counts; -1: in none. `toMs` ends the range that was asked for. */
export function stepOf({ fromMs, stepMs, level }: SeriesSteps, atMs: number, toMs: number): number {
  const unit = unitMs[level];
  const startMs = Math.floor(atMs / unit) * unit;
  return startMs < fromMs || startMs >= toMs ? -1 : Math.floor((startMs - fromMs) / stepMs);
}
