import { IncidentRecord } from '../../domain/incidents/incident-record';
import { incidentEventTypes } from '../../domain/incidents/incident-events';
import type { TimeRange } from '../../domain/model/history';
import type { Incident } from '../../domain/model/incident';
import type { HistoryReadable } from '../../db/client/history';
import { eventsForwards } from './read-events-forwards';

/**
 * Every incident that overlaps the range, the latest first. The file is read from its beginning, since an incident may have begun long
 * before the range without an event since; the events themselves are not retained. `nowMs`: UTC now.
 */
export async function everyIncident(
  history: Pick<HistoryReadable, 'events'>,
  { fromMs, toMs }: TimeRange,
  nowMs: number,
): Promise<Incident[]> {
  const record = new IncidentRecord();
  for await (const page of eventsForwards(history, { types: [...incidentEventTypes] }))
    for (const recorded of page) record.add(recorded);
  return record
    .incidents(nowMs)
    .filter(({ startMs, endMs }) => startMs < toMs && (endMs === null || endMs >= fromMs));
}
