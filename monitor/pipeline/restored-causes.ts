import type { History } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import { isCorrectionOf } from '../../domain/incidents/corrected-cause';
import type { FailoverEvent, RecordedEvent } from '../../domain/model/event';
import type { Clock } from '../base/clock';
import type { MonitoredRows } from './monitored-rows';

/** Events of a cluster that are read after its last failover. */
const maxRead = 1_000;

/**
 * Restores each cluster's last failover whose old LB has been unreachable since: its cause is corrected when it answers again, also after a
 * restart of Heron. What cannot be read is left out: `readRestoredState` reports why.
 */
export async function restoreCauses(
  history: Pick<History, 'events'>,
  rows: MonitoredRows,
  lastFailovers: Readonly<Record<string, RecordedEvent>>,
  clock: Pick<Clock, 'nowMs' | 'monotonicMs'>,
): Promise<void> {
  try {
    for (const row of rows.list) {
      const recorded = row.cluster ? lastFailovers[row.cluster.id] : undefined;
      if (recorded && isUnreachable(recorded) && (await isPending(history, recorded)))
        row.restoreUnsettled(recorded.event, clock.monotonicMs() - clock.nowMs());
    }
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
  }
}

type RecordedFailover = RecordedEvent & { event: FailoverEvent };

function isUnreachable(recorded: RecordedEvent): recorded is RecordedFailover {
  const { event } = recorded;
  return event.type === 'failover' && event.cause.kind === 'edge-unreachable';
}

/** Whether it was not corrected, and its edge was not seen again. */
async function isPending(
  history: Pick<History, 'events'>,
  { id, event: failover }: RecordedFailover,
): Promise<boolean> {
  const { clusterId, fromEdgeId } = failover;
  const types: ('cause-corrected' | 'edge-state')[] = ['cause-corrected', 'edge-state'];
  const read = await history.events({ clusterId, types, beforeId: null, limit: maxRead });
  const later = read.filter((one) => one.id > id).map(({ event }) => event);
  // With so many states in between the edge was seen again, most likely.
  if (later.length === maxRead) return false;
  return !later.some(
    (event) =>
      (event.type === 'cause-corrected' && isCorrectionOf(event, failover)) ||
      (event.type === 'edge-state' &&
        event.edgeId === fromEdgeId &&
        event.to !== 'down' &&
        event.to !== 'unknown'),
  );
}
