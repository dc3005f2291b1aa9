import type Database from 'better-sqlite3';
import { countIncidents, incidentSearchSchema } from '../../domain/incidents/count-incidents';
import { incidentPageSearchSchema, monthsOf, pageOf } from '../../domain/incidents/search-incidents';
import { IncidentLog } from './incident-log';
import { query } from './query';

export const incidentQueries = {
  /** How many incidents the whole file has. */
  incidentCounts: query(incidentSearchSchema, ({ db }, asked) =>
    countIncidents(logOf(db).incidents(asked.nowMs), asked),
  ),
  /** The latest of the incidents that match, with their metrics. */
  incidents: query(incidentPageSearchSchema, ({ db }, asked) => {
    const log = logOf(db);
    return pageOf(log.incidents(asked.nowMs), asked, (incidents) => log.measure(incidents));
  }),
  /** The metrics of all incidents that match, by cluster and month. */
  incidentMonths: query(incidentSearchSchema, ({ db }, asked) => {
    const log = logOf(db);
    return monthsOf(log.incidents(asked.nowMs), asked, (incidents) => log.measure(incidents));
  }),
};

const logs = new WeakMap<Database.Database, IncidentLog>();

function logOf(db: Database.Database): IncidentLog {
  const known = logs.get(db) ?? new IncidentLog(db);
  logs.set(db, known);
  return known;
}
