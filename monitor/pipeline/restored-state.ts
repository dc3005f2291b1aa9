import type { History } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import {
  openAcknowledgements,
  type Acknowledgement,
  type AcknowledgedEvent,
} from '../../domain/model/acknowledgement';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import { lastFailoverOf } from '../../domain/cluster/cluster-events';
import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import { ownFinding } from '../../domain/model/own-finding';
import { MaintenanceState } from '../../domain/maintenance/maintenance-state';
import { readEarlierAlerts, type EarlierAlerts } from '../alerts/earlier-alerts';
import type { Clock } from '../base/clock';
import { readMaintenance } from './maintenance-engine';
import type { MonitoredRows } from './monitored-rows';
import { restoreCauses } from './restored-causes';

/** More than is acknowledged in years. */
const maxRead = 10_000;

/** What polling does not show. */
export interface RestoredState {
  /** Each cluster's latest failover or failback, by cluster id. */
  lastFailovers: Readonly<Record<string, RecordedEvent>>;
  /** Puts it into the rows; the last failover and acknowledgement only of those that were created. */
  restore(rows: MonitoredRows, created: readonly ClusterMonitor[]): void;
}

/**
 * Reads what polling does not show: each row's last failover, its acknowledgement, and what cut its users off. A history that cannot be read does
 * not stop monitoring: `emit` reports why.
 */
export async function readRestoredState(
  history: Pick<History, 'lastFailovers' | 'events' | 'outageEvents'>,
  emit: (event: HeronEvent) => void,
  nowMs: number,
): Promise<RestoredState> {
  const [lastFailovers, acknowledged, outages] = await Promise.all([
    orFallback<Record<string, RecordedEvent>>(
      () => history.lastFailovers(),
      {},
      'The last failovers cannot be read from the history: they are not shown.',
      emit,
      nowMs,
    ),
    orFallback(
      () => readAcknowledgements(history),
      new Map<string, Acknowledgement>(),
      'Who has which problem cannot be read from the history: it is not shown.',
      emit,
      nowMs,
    ),
    orFallback<HeronEvent[]>(
      () => history.outageEvents({ atMs: Math.round(nowMs) }),
      [],
      'Earlier outages cannot be read from the history: they are not shown.',
      emit,
      nowMs,
    ),
  ]);
  return {
    lastFailovers,
    restore(rows, created) {
      rows.restoreOutages(outages);
      for (const row of created) {
        const last = row.cluster ? lastFailovers[row.cluster.id] : undefined;
        if (last) row.lastFailover ??= lastFailoverOf(last.event);
        row.acknowledged ??= acknowledged.get(row.id) ?? null;
      }
    },
  };
}

/** The planned maintenance; none where the history cannot be read, which `emit` reports. */
export async function restoreMaintenance(
  history: Pick<History, 'events'>,
  emit: (event: HeronEvent) => void,
  nowMs: number,
): Promise<MaintenanceState> {
  const fact = 'The planned maintenance cannot be read from the history: no window is in force.';
  return orFallback(() => readMaintenance(history), new MaintenanceState(), fact, emit, nowMs);
}

async function readAcknowledgements(history: Pick<History, 'events'>): Promise<Map<string, Acknowledgement>> {
  const wanted = { clusterId: null, types: ['acknowledged' as const], beforeId: null, limit: maxRead };
  const newestFirst = await history.events(wanted);
  return openAcknowledgements(
    newestFirst
      .map(({ event }) => event)
      .filter((event): event is AcknowledgedEvent => event.type === 'acknowledged')
      .reverse(),
  );
}

/** The result of `read`; `fallback` where the history cannot be read, with a finding that states this `fact`. */
async function orFallback<T>(
  read: () => Promise<T>,
  fallback: T,
  fact: string,
  emit: (event: HeronEvent) => void,
  nowMs: number,
): Promise<T> {
  try {
    return await read();
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    const { what, where, todo } = fault.failure;
    emit(ownFinding({ code: 'history-unreadable', fact, detail: `${what} (${where}) ${todo}` }, nowMs));
    return fallback;
  }
}

/** Everything that the history knows of the rows, put into them, and what the pipeline continues. */
export async function restorePast(
  history: History,
  rows: MonitoredRows,
  onTrouble: (event: HeronEvent) => void,
  clock: Clock,
): Promise<{ maintenance: MaintenanceState; earlier: EarlierAlerts | null }> {
  const nowMs = clock.nowMs();
  // The history has several readers.
  const [restored, maintenance, earlier] = await Promise.all([
    readRestoredState(history, onTrouble, nowMs),
    restoreMaintenance(history, onTrouble, nowMs),
    readEarlierAlerts(history, nowMs),
  ]);
  restored.restore(rows, rows.list);
  await restoreCauses(history, rows, restored.lastFailovers, clock);
  return { maintenance, earlier };
}
