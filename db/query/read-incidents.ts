import type Database from 'better-sqlite3';
import { countIncidents, incidentCountQuerySchema } from '../../domain/incidents/count-incidents';
import { incidentEventTypes } from '../../domain/incidents/incident-events';
import { IncidentRecord } from '../../domain/incidents/incident-record';
import { query } from './query';
import { readEvents } from './read-events';

export const incidentQueries = {
  /** How many incidents the whole file has. */
  incidentCounts: query(incidentCountQuerySchema, ({ db }, asked) =>
    countIncidents(recordOf(db).incidents(asked.nowMs), asked),
  ),
};

/** Events read at a time. */
const pageEvents = 10_000;

/** The incidents of an open file so far, so that only events recorded since are read. */
const records = new WeakMap<Database.Database, { record: IncidentRecord; lastId: number }>();

function recordOf(db: Database.Database): IncidentRecord {
  const known = records.get(db) ?? { record: new IncidentRecord(), lastId: 0 };
  records.set(db, known);
  const filter = { clusterId: null, types: [...incidentEventTypes], beforeId: null, limit: pageEvents };
  for (;;) {
    const page = readEvents(db, { ...filter, afterId: known.lastId });
    for (const recorded of page) {
      known.record.add(recorded);
      known.lastId = recorded.id;
    }
    if (page.length < pageEvents) return known.record;
  }
}
