import type { HistoryReadable } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import { alertEventTypes, RecordedAlerts, silenceEventTypes } from '../../domain/alerts/recorded-alerts';
import type { AlertList } from '../../domain/model/alert';
import type { HeronEventType, RecordedEvent } from '../../domain/model/event';

/** More than a fleet alerts in months; an alert that is still open after so many others is notified again. */
const pageEvents = 10_000;
/** Silences are read by themselves, so that a script which silences thousands of times leaves the alerts in. */
const mostSilencePages = 5;
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

/** In the order of each kind; a silence and an alert do not depend on each other. */
async function alertEvents(history: Pick<HistoryReadable, 'events'>, toMs: number): Promise<RecordedEvent[]> {
  const alerts = await latestEvents(history, alertEventTypes, toMs, 1);
  const silences = await latestEvents(history, silenceEventTypes, toMs, mostSilencePages);
  return [...alerts, ...silences];
}

/** The latest events of these types in the order in which they were recorded, at most so many pages of them. */
async function latestEvents(
  history: Pick<HistoryReadable, 'events'>,
  types: readonly HeronEventType[],
  toMs: number,
  pages: number,
): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  const filter = { clusterId: null, types: [...types], range: { fromMs: 0, toMs }, limit: pageEvents };
  for (let page = 0; page < pages; page += 1) {
    const events = await history.events({ ...filter, beforeId: found.at(-1)?.id ?? null });
    found.push(...events);
    if (events.length < pageEvents) break;
  }
  return found.reverse();
}
