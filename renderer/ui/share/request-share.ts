import type { ShareRequest, ShareSeries } from '../../../domain/model/history';
import { request, RequestError } from '../../bridge/heron';
import { pollSpacingMs } from '../charts/poll-spacing';

/** A cluster's traffic over time. Rejects with `RequestError`, also when the history knows no such cluster in the range. */
async function requestShare(args: ShareRequest): Promise<ShareSeries> {
  const series = await request('history.share', args);
  if (series !== null) return series;
  throw new RequestError({
    what: 'There is no such cluster.',
    where: `history.share of ${args.clusterId.slice(0, 80)}`,
    todo: 'Choose a cluster in the table.',
  });
}

/**
 * A cluster's traffic in steps in which every edge was polled: in a step without a poll of one edge the others would seem to carry its
 * share. `pointsFor`: how many steps to request at a poll interval; `intervalMs`: the usual one, from which an edge may deviate.
 */
export async function requestPolledShare(
  asked: Omit<ShareRequest, 'points'>,
  pointsFor: (intervalMs: number) => number,
  intervalMs: number,
): Promise<ShareSeries> {
  const first = await requestShare({ ...asked, points: pointsFor(intervalMs) });
  const polled = first.edges.map(({ bitsPerSecond }) => bitsPerSecond.map((value) => value !== null));
  const spacingMs = pollSpacingMs(polled, first.stepMs);
  return spacingMs > first.stepMs ? requestShare({ ...asked, points: pointsFor(spacingMs) }) : first;
}
