import type Database from 'better-sqlite3';
import { z } from 'zod';
import { rangeSchema } from '../../domain/model/history';
import { outagesWithin } from '../../domain/past/outages-within';
import { recordedOutage } from '../../domain/past/recorded-outage';
import { UnacknowledgedOutages } from '../../domain/past/unacknowledged-outages';
import { eventsOfOutages, stateReader } from './outage-events';
import { OutageLog } from './outage-log';
import { query } from './query';

export const outageQueries = {
  /** The events by a time that show what had cut users off, and what of it was acknowledged, in the order they were recorded. */
  outageEvents: query(z.object({ atMs: z.number().int().min(0) }), ({ db }, { atMs }) =>
    logOf(db).until(atMs),
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
  for (const event of logOf(db).until(atMs)) outages.add(event);
  return outages;
}

const logs = new WeakMap<Database.Database, OutageLog>();

function logOf(db: Database.Database): OutageLog {
  const known = logs.get(db) ?? new OutageLog(db);
  logs.set(db, known);
  return known;
}
