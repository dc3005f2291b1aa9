import type { Series, SeriesRequest } from './history';

/** Where the steps of a series lie: whole milliseconds, all of one length, the last one perhaps past the end. */
export function seriesSteps(
  request: Pick<SeriesRequest, 'fromMs' | 'toMs' | 'points'>,
): Omit<Series, 'valuesByEdge'> {
  const rangeMs = Math.max(request.toMs - request.fromMs, 1);
  const stepMs = Math.max(1, Math.ceil(rangeMs / request.points));
  const count = Math.ceil(rangeMs / stepMs);
  return {
    fromMs: request.fromMs,
    stepMs,
    times: Array.from({ length: count }, (_, step) => request.fromMs + step * stepMs),
  };
}
