import type Database from 'better-sqlite3';
import { z } from 'zod';
import { outagesByRow, type OutageTrack } from '../../domain/cluster/outages';
import { query } from './query';
import { toRecordedEvent } from './read-events';

/** More of one type than an outage that is still of interest needs. Older ones are not looked through. */
const maxOfType = 2_000;

export const outageQueries = {
  /** What had cut users off by a time, by row id; a row without outages may be missing. */
  outageTracks: query(z.object({ atMs: z.number().int().min(0) }), ({ db }, { atMs }) =>
    Object.fromEntries(readOutageTracks(db, atMs)),
  ),
};

/**
 * The tracks at a time, from the events by then. Events are found by their types. The plus stops SQLite from using the index of times.
 * All acknowledgements are read: each ends what came before it.
 */
export function readOutageTracks(db: Database.Database, atMs: number): Map<string, OutageTrack> {
  const rare = ['failover', 'failback', 'no-active-lb', 'users-gap', 'gap', 'start'];
  const some = (type: string, condition = ''): string =>
    `SELECT * FROM (SELECT id, body FROM events WHERE type = '${type}' AND +time_ms <= @atMs ${condition}
      ORDER BY id DESC LIMIT ${maxOfType})`;
  const parts = [
    ...rare.map((type) => some(type)),
    some('cluster-state', `AND (instr(body, '"down"') > 0 OR instr(body, '"no-active-lb"') > 0)`),
    some('edge-state', `AND cluster IS NULL AND instr(body, '"down"') > 0`),
    some('lb-role', `AND instr(body, '"master"') > 0`),
    `SELECT id, body FROM events WHERE type = 'acknowledged' AND +time_ms <= @atMs`,
  ];
  const rows = db.prepare(`${parts.join(' UNION ALL ')} ORDER BY id`).all({ atMs });
  return outagesByRow(rows.map((row) => toRecordedEvent(db.name, row).event));
}
