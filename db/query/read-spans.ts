import type Database from 'better-sqlite3';
import { z } from 'zod';
import { rangeSchema, type Span } from '../../domain/model/history';
import { stateLanesOf, type StateLane } from '../../domain/model/state-lane';
import { reasonSchema, type Reason } from '../../domain/model/health';
import { HistoryError } from '../model/history-error';
import { configuredTimes } from '../../domain/past/configured-time';
import { withMaintenanceTimes } from '../../domain/past/maintenance-lanes';
import { query } from './query';
import { readMaintenance } from './read-maintenance';

/** Clusters and edges by id, over a range. */
const subjectsInRange = rangeSchema.extend({ subjectIds: z.array(z.string()) });

export const spanQueries = {
  /** Spans of these clusters and edges that overlap the range, by subject and then by start. */
  spans: query(subjectsInRange, ({ db }, { subjectIds, fromMs, toMs }) =>
    readSpans(db, subjectIds, fromMs, toMs),
  ),
  /** The same states as columns, without reasons, and with maintenance in place of what was observed: for a picture of much time. One lane for each subject and kind that has any. */
  lanes: query(subjectsInRange, ({ db, inventories }, { subjectIds, fromMs, toMs }) => {
    const lanes = readLanes(db, subjectIds, fromMs, toMs);
    const range = { fromMs, toMs };
    const times = readMaintenance(db, range);
    if (times.size === 0) return lanes;
    const { clusterOfEdge } = configuredTimes(range, inventories.versionsDuring(range));
    return withMaintenanceTimes(lanes, range, times, clusterOfEdge);
  }),
};

/** A span as its row. */
export interface SpanRow {
  kind: Span['kind'];
  subjectId: string;
  state: string;
  fromMs: number;
  toMs: number | null;
  reasons: string | null;
}

/** The spans of these subjects (@subjects, JSON) that overlap [@from, @to), without those of length 0. */
const overlapping = `subject IN (SELECT value FROM json_each(@subjects))
          AND from_ms < @to AND (to_ms IS NULL OR (to_ms > @from AND to_ms > from_ms))
        ORDER BY subject, from_ms, id`;

const reasonsSchema = z.array(reasonSchema);

/** Spans of these subjects that overlap [fromMs, toMs), by subject and then by beginning. */
export function readSpans(
  db: Database.Database,
  subjectIds: readonly string[],
  fromMs: number,
  toMs: number,
): Span[] {
  return db
    .prepare<[Record<string, number | string>], SpanRow>(
      `SELECT kind, subject AS subjectId, state, from_ms AS fromMs, to_ms AS toMs, reasons FROM spans
        WHERE ${overlapping}`,
    )
    .all({ subjects: JSON.stringify(subjectIds), from: fromMs, to: toMs })
    .map((row) => ({ ...row, reasons: parseReasons(row.reasons, row.subjectId, db.name) }));
}

/** The same states without their reasons, a lane for each subject and kind. Rows are read as arrays: half the time of objects. */
export function readLanes(
  db: Database.Database,
  subjectIds: readonly string[],
  fromMs: number,
  toMs: number,
): StateLane[] {
  const rows = db
    .prepare<[Record<string, number | string>]>(
      `SELECT kind, subject, state, from_ms, to_ms FROM spans WHERE ${overlapping}`,
    )
    .raw()
    .all({ subjects: JSON.stringify(subjectIds), from: fromMs, to: toMs }) as [
    kind: Span['kind'],
    subjectId: string,
    state: string,
    fromMs: number,
    toMs: number | null,
  ][];
  return stateLanesOf(
    rows.map(([kind, subjectId, state, from, to]) => ({ kind, subjectId, state, fromMs: from, toMs: to })),
  );
}

/** The reasons stored with a span. Throws a HistoryError when they are not what Heron wrote. */
export function parseReasons(text: string | null, subjectId: string, file: string): Reason[] | null {
  if (text === null) return null;
  if (text === '[]') return [];
  try {
    return reasonsSchema.parse(JSON.parse(text));
  } catch {
    throw new HistoryError({
      code: 'damaged',
      what: `The reasons of a state of ${subjectId} cannot be read.`,
      where: file,
      todo: 'The file was damaged or altered: compare it with a backup.',
    });
  }
}
