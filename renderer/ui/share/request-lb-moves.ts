import type { FailoverEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import { request } from '../../bridge/heron';

const most = 10_000;

/** A cluster's failovers and failbacks that ended in the range, oldest first. By the range: a restart alone can fill a page of newest events. */
export async function requestLbMoves(
  clusterId: string,
  { fromMs, toMs }: TimeRange,
): Promise<FailoverEvent[]> {
  const rows = await request('history.events', {
    clusterId,
    types: ['failover', 'failback'],
    range: { fromMs, toMs },
    beforeId: null,
    limit: most,
  });
  return rows
    .flatMap(({ event }) => (event.type === 'failover' || event.type === 'failback' ? [event] : []))
    .sort((a, b) => a.bracket.firstNewMs - b.bracket.firstNewMs);
}
