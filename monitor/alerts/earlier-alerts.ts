import type { HistoryReadable } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import { alertEventTypes, RecordedAlerts } from '../../domain/alerts/recorded-alerts';
import type { AlertList } from '../../domain/model/alert';
import type { RecordedEvent } from '../../domain/model/event';

/** More than a fleet alerts in months; an alert that is still open after so many others is notified again. */
const mostAlertEvents = 10_000;
/** Enough for the incidents that are open. */
const mostRecentEvents = 5_000;

/** What earlier runs left: their alerts, and the latest events. */
export interface EarlierAlerts {
  alerts: RecordedAlerts;
  recent: readonly RecordedEvent[];
}

/** Reads the alerts of earlier runs. A history that cannot be read does not stop monitoring: null. */
export async function readEarlierAlerts(
  history: Pick<HistoryReadable, 'events'>,
  nowMs: number,
): Promise<EarlierAlerts | null> {
  try {
    const alerts = new RecordedAlerts();
    for (const { event } of await alertEvents(history, Math.round(nowMs) + 1)) alerts.add(event);
    const recent = await history.events({
      clusterId: null,
      types: null,
      beforeId: null,
      limit: mostRecentEvents,
    });
    return { alerts, recent: recent.toReversed() };
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    return null;
  }
}

/** The alerts as they were recorded at a time. */
export async function alertsAt(history: Pick<HistoryReadable, 'events'>, atMs: number): Promise<AlertList> {
  const recorded = new RecordedAlerts();
  for (const { event } of await alertEvents(history, atMs + 1))
    if (event.recordedAtMs <= atMs) recorded.add(event);
  return recorded.list(atMs);
}

async function alertEvents(history: Pick<HistoryReadable, 'events'>, toMs: number): Promise<RecordedEvent[]> {
  const types = [...alertEventTypes];
  const filter = {
    clusterId: null,
    types,
    range: { fromMs: 0, toMs },
    beforeId: null,
    limit: mostAlertEvents,
  };
  return (await history.events(filter)).toReversed();
}
