import type { History } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import {
  openAcknowledgements,
  type Acknowledgement,
  type AcknowledgedEvent,
} from '../../domain/model/acknowledgement';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import { lastFailoverOf } from '../../domain/cluster/events-of-change';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** More than a desk acknowledges in years. */
const mostRead = 10_000;

/**
 * Reads what rows do not find out by watching: their last failover, and who has their problem. The function that comes back
 * tells it to rows. A history that cannot be read keeps nobody from watching: `say` hears why.
 */
export async function readRemembered(
  history: Pick<History, 'lastFailovers' | 'events'>,
  say: (event: HeronEvent) => void,
  nowMs: number,
): Promise<(rows: readonly WatchedCluster[]) => void> {
  const lastFailovers = await unlessUnreadable<Record<string, RecordedEvent>>(
    () => history.lastFailovers(),
    {},
    'The last failovers cannot be read from the history: they are not shown.',
    say,
    nowMs,
  );
  const acknowledged = await unlessUnreadable(
    () => readAcknowledgements(history),
    new Map<string, Acknowledgement>(),
    'Who has which problem cannot be read from the history: it is not shown.',
    say,
    nowMs,
  );
  return (rows) => {
    for (const row of rows) {
      const last = row.cluster ? lastFailovers[row.cluster.id] : undefined;
      if (last) row.lastFailover ??= lastFailoverOf(last.event);
      row.acknowledged ??= acknowledged.get(row.id) ?? null;
    }
  };
}

async function readAcknowledgements(history: Pick<History, 'events'>): Promise<Map<string, Acknowledgement>> {
  const wanted = { clusterId: null, types: ['acknowledged' as const], beforeId: null, limit: mostRead };
  const newestFirst = await history.events(wanted);
  return openAcknowledgements(
    newestFirst
      .map(({ event }) => event)
      .filter((event): event is AcknowledgedEvent => event.type === 'acknowledged')
      .reverse(),
  );
}

/** What `read` answers; `otherwise` where the history does not tell, and a finding that says so with this `fact`. */
async function unlessUnreadable<T>(
  read: () => Promise<T>,
  otherwise: T,
  fact: string,
  say: (event: HeronEvent) => void,
  nowMs: number,
): Promise<T> {
  try {
    return await read();
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    const { what, where, todo } = fault.failure;
    say({
      type: 'finding',
      timeMs: Math.round(nowMs),
      recordedAtMs: Math.round(nowMs),
      ...{ clusterId: null, clusterName: null, edgeId: null, edgeName: null },
      reason: { code: 'history-unreadable', fact, detail: `${what} (${where}) ${todo}` },
    });
    return otherwise;
  }
}
