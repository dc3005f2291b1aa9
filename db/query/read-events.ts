import type Database from 'better-sqlite3';
import { z } from 'zod';
import { heronEventSchema, type RecordedEvent } from '../../domain/model/event';
import { eventFilterSchema, type EventFilter } from '../../domain/model/history';
import { HistoryError, issueWords } from '../model/history-error';
import { query } from './query';

const rowSchema = z.object({ id: z.number(), body: z.string() });

export const eventQueries = {
  /** Events that match, in the order that the filter asks for. */
  events: query(eventFilterSchema, ({ db }, filter) => readEvents(db, filter)),
  /** The latest failover or failback of each cluster, by cluster id. */
  lastFailovers: query(z.void(), ({ db }) => readLastFailovers(db)),
};

/** Events that match, in the order that the filter asks for. */
export function readEvents(db: Database.Database, filter: EventFilter): RecordedEvent[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const where = (condition: string, value: string | number): void => {
    conditions.push(condition);
    values.push(value);
  };
  if (filter.clusterId !== null) where('cluster = ?', filter.clusterId);
  if (filter.types !== null) where('type IN (SELECT value FROM json_each(?))', JSON.stringify(filter.types));
  if (filter.range) {
    where('time_ms >= ?', filter.range.fromMs);
    where('time_ms < ?', filter.range.toMs);
  }
  if (filter.beforeId !== null) where('id < ?', filter.beforeId);
  const forwards = typeof filter.afterId === 'number';
  if (forwards) where('id > ?', filter.afterId ?? 0);
  const sql = `SELECT id, body FROM events ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
               ORDER BY id ${forwards ? 'ASC' : 'DESC'} LIMIT ?`;
  return db
    .prepare(sql)
    .all(...values, filter.limit)
    .map((row) => toRecordedEvent(db.name, row));
}

/** The latest failover or failback of each cluster, by cluster id. */
export function readLastFailovers(db: Database.Database): Record<string, RecordedEvent> {
  const rows = db
    .prepare<[], { cluster: string; id: number; body: string }>(
      `SELECT cluster, id, body FROM events WHERE id IN (
         SELECT max(id) FROM events WHERE type IN ('failover', 'failback') AND cluster IS NOT NULL GROUP BY cluster)`,
    )
    .all();
  return Object.fromEntries(rows.map((row) => [row.cluster, toRecordedEvent(db.name, row)]));
}

/** An event's row as an event. Throws a HistoryError that names it when it is not what Heron wrote. */
export function toRecordedEvent(file: string, row: unknown): RecordedEvent {
  const { id, body } = rowSchema.parse(row);
  try {
    return { id, event: heronEventSchema.parse(JSON.parse(body)) };
  } catch (error) {
    throw new HistoryError({
      code: 'damaged',
      what: `Event ${id} cannot be read: ${error instanceof z.ZodError ? issueWords(error) : String(error)}.`,
      where: file,
      todo: 'The file was damaged or altered: compare it with a backup.',
    });
  }
}
