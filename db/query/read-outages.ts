import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { HeronEvent } from '../../domain/model/event';
import { rangeSchema } from '../../domain/model/history';
import { outagesWithin } from '../../domain/past/outages-within';
import { recordedOutage } from '../../domain/past/recorded-outage';
import { UnacknowledgedOutages } from '../../domain/past/unacknowledged-outages';
import { eventsOfOutages, stateReader } from './outage-events';
import { query } from './query';
import { toRecordedEvent } from './read-events';

/** More of one type than an outage that is still of interest needs. Older ones are not looked through. */
const maxOfType = 4_000;

export const outageQueries = {
  /** The events by a time that show what had cut users off, and what of it was acknowledged, in the order they were recorded. */
  outageEvents: query(z.object({ atMs: z.number().int().min(0) }), ({ db }, { atMs }) =>
    readOutageEvents(db, atMs),
  ),
  /** The times without an active LB, or a serving edge, that may reach into the range, by cluster and then by beginning. */
  outages: query(
    rangeSchema.extend({ clusterIds: z.array(z.string()).max(20_000) }),
    ({ db }, { clusterIds, ...range }) => {
      const statesOf = stateReader(db, range);
      return clusterIds.flatMap((clusterId) => {
        const states = statesOf('cluster-health', clusterId);
        const events = eventsOfOutages(db, clusterId, range, states);
        return outagesWithin(range, states, events).map((one) => recordedOutage(clusterId, one, range.toMs));
      });
    },
  ),
};

/** What had cut users off by a time and was not acknowledged. */
export function readUnacknowledgedOutages(db: Database.Database, atMs: number): UnacknowledgedOutages {
  const outages = new UnacknowledgedOutages();
  for (const event of readOutageEvents(db, atMs)) outages.add(event);
  return outages;
}

/**
 * Events are found by their types. The plus stops SQLite from using the index of times.
 * All acknowledgements are read: each ends what came before it.
 */
function readOutageEvents(db: Database.Database, atMs: number): HeronEvent[] {
  const rare = ['failover', 'failback', 'no-active-lb', 'split-brain', 'users-gap', 'gap', 'start'];
  const some = (type: string, condition = 'true'): string =>
    `SELECT id, body FROM (SELECT id, body, cluster FROM events WHERE type = '${type}' AND +time_ms <= @atMs
      ORDER BY id DESC LIMIT ${maxOfType}) WHERE ${condition}`;
  const parts = [
    ...rare.map((type) => some(type)),
    // A time of unknown state may stand between an outage and its end.
    some(
      'cluster-state',
      `instr(body, '"down"') > 0 OR instr(body, '"no-active-lb"') > 0 OR instr(body, '"unknown"') > 0`,
    ),
    some('edge-state', `cluster IS NULL AND (instr(body, '"down"') > 0 OR instr(body, '"unknown"') > 0)`),
    some('lb-role', `instr(body, '"master"') > 0`),
    `SELECT id, body FROM events WHERE type = 'acknowledged' AND +time_ms <= @atMs`,
  ];
  const rows = db.prepare(`${parts.join(' UNION ALL ')} ORDER BY id`).all({ atMs });
  return rows.map((row) => toRecordedEvent(db.name, row).event);
}
