import type { ShareSeries } from '../../domain/contract/contract';
import type { Inventory } from '../../domain/inventory/inventory';
import type { HistoryReadable, SeriesRequest } from '../../db/history';
import type { CheckedArgs } from './answer-request';
import { RequestRefused } from './request-refused';

/**
 * What each edge of a cluster carried over time on its proxy interface, in and out together as shares are counted, bits per
 * second. Null where nobody watched or nothing answered. Throws `RequestRefused` for an unknown cluster or an empty range.
 */
export async function shareSeries(
  history: Pick<HistoryReadable, 'series'>,
  inventory: Inventory,
  args: CheckedArgs<'share.series'>,
): Promise<ShareSeries> {
  const { clusterId, fromMs, toMs, points } = args;
  const edges =
    inventory.clusters.find(({ id }) => id === clusterId)?.edges ??
    inventory.standaloneEdges.filter(({ id }) => id === clusterId);
  if (edges.length === 0 || toMs <= fromMs) {
    throw new RequestRefused({
      what: edges.length === 0 ? 'There is no such cluster.' : 'The range ends before it begins.',
      where: `share.series of ${clusterId.slice(0, 80)}`,
      todo: 'Choose a cluster of the table, and a range that has a length.',
    });
  }
  const ask = (metric: SeriesRequest['metric']) =>
    history.series({ edgeIds: edges.map(({ id }) => id), metric, fromMs, toMs, points });
  const [received, sent] = await Promise.all([ask('proxyInBitsPerSecond'), ask('proxyOutBitsPerSecond')]);
  return {
    fromMs: sent.fromMs,
    toMs,
    stepMs: sent.stepMs,
    times: sent.times,
    edges: edges.map((edge, index) => ({
      edgeId: edge.id,
      edgeName: edge.name,
      number: index + 1,
      bitsPerSecond: sent.times.map((_, step) =>
        sum(received.valuesByEdge[edge.id]?.[step], sent.valuesByEdge[edge.id]?.[step]),
      ),
    })),
  };
}

function sum(received: number | null | undefined, sent: number | null | undefined): number | null {
  return typeof received === 'number' && typeof sent === 'number' ? received + sent : null;
}
