import type { ShareRequest, ShareSeries } from '../../../domain/model/history';
import { request, RequestError } from '../../bridge/heron';

/** A cluster's traffic over time. Rejects with `RequestError`, also when the history knows no such cluster in the range. */
export async function requestShare(args: ShareRequest): Promise<ShareSeries> {
  const series = await request('history.share', args);
  if (series !== null) return series;
  throw new RequestError({
    what: 'There is no such cluster.',
    where: `history.share of ${args.clusterId.slice(0, 80)}`,
    todo: 'Choose a cluster in the table.',
  });
}
