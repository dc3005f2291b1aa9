import type Database from 'better-sqlite3';
import {
  maintenanceTimes,
  type MaintenanceEvent,
  type MaintenanceTime,
} from '../../domain/maintenance/recorded';
import type { TimeRange } from '../../domain/model/history';
import { toRecordedEvent } from './read-events';

/** The times in which windows were in force in a range, by row. */
export function readMaintenance(db: Database.Database, range: TimeRange): Map<string, MaintenanceTime[]> {
  const byRow = new Map<string, MaintenanceEvent[]>();
  for (const event of eventsOf(db, range)) {
    const known = byRow.get(event.clusterId);
    if (known) known.push(event);
    else byRow.set(event.clusterId, [event]);
  }
  const times = [...byRow].map(([rowId, events]) => [rowId, maintenanceTimes(events, range)] as const);
  return new Map(times.filter(([, found]) => found.length > 0));
}

/** Those of the range, and of each row the last one before it, in the order they were recorded. */
function eventsOf(db: Database.Database, { fromMs, toMs }: TimeRange): MaintenanceEvent[] {
  return db
    .prepare<unknown[], { id: number; body: string }>(
      `SELECT id, body FROM events WHERE type = 'maintenance' AND +time_ms < @toMs AND (+time_ms >= @fromMs OR id IN (
         SELECT max(id) FROM events WHERE type = 'maintenance' AND +time_ms < @fromMs GROUP BY +cluster)) ORDER BY id`,
    )
    .all({ fromMs, toMs })
    .map((row) => toRecordedEvent(db.name, row).event)
    .filter((event): event is MaintenanceEvent => event.type === 'maintenance');
}
