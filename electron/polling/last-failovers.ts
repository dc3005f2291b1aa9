import type { History } from '../../db/history';
import { HistoryError } from '../../db/history-error';
import type { HeronEvent, RecordedEvent } from '../../domain/event';

/** The latest failover of each cluster. A history that does not tell them keeps nobody from watching: `say` hears why. */
export async function readLastFailovers(
  history: Pick<History, 'lastFailovers'>,
  say: (event: HeronEvent) => void,
  nowMs: number,
): Promise<Record<string, RecordedEvent>> {
  try {
    return await history.lastFailovers();
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    const { what, where, todo } = fault.failure;
    say({
      type: 'finding',
      timeMs: Math.round(nowMs),
      recordedAtMs: Math.round(nowMs),
      ...{ clusterId: null, clusterName: null, edgeId: null, edgeName: null },
      reason: {
        code: 'history-unreadable',
        fact: 'The last failovers cannot be read from the history: they are not shown.',
        detail: `${what} (${where}) ${todo}`,
      },
    });
    return {};
  }
}
