import { IncidentRecord } from '../../domain/incidents/incident-record';
import type { HeronEventType } from '../../domain/model/event';
import type { TimeRange } from '../../domain/model/history';
import type { Incident } from '../../domain/model/incident';
import type { HistoryReadable } from '../../db/client/history';
import { eventsForwards } from './read-events-forwards';

/** The types of events that incidents are made of. */
const types: HeronEventType[] = [
  'start',
  'gap',
  'finding',
  'cluster-state',
  'edge-state',
  'lb-role',
  'failover',
  'failback',
  'cause-corrected',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
];

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
  for await (const page of eventsForwards(history, { types }))
    for (const recorded of page) record.add(recorded);
  return record
    .incidents(nowMs)
    .filter(({ startMs, endMs }) => startMs < toMs && (endMs === null || endMs >= fromMs));
}
