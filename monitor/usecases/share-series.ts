import type { ShareSeries } from '../../domain/contract/contract';
import type { HistoryReadable } from '../../db/model/history';
import type { CheckedArgs } from './answer-request';
import { checkedRange } from './past-requests';
import { RequestRefused } from '../../domain/contract/request-refused';

/**
 * What each edge of a cluster carried over time on its proxy interface, in and out together as shares are counted, bits per
 * second. Null where nobody watched or nothing answered. Throws `RequestRefused` for an unknown cluster or an empty range.
 */
export async function shareSeries(
  history: Pick<HistoryReadable, 'share'>,
  args: CheckedArgs<'share.series'>,
): Promise<ShareSeries> {
  checkedRange('share.series', args);
  const series = await history.share(args);
  if (series) return series;
  throw new RequestRefused({
    what: 'There is no such cluster.',
    where: `share.series of ${args.clusterId.slice(0, 80)}`,
    todo: 'Choose a cluster of the table.',
  });
}
