import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Span } from '../../domain/contract/past';
import { reasonSchema, type Reason } from '../../domain/health';
import { HistoryError } from '../history-error';

/** A span as its row. */
export interface SpanRow {
  kind: Span['kind'];
  subjectId: string;
  state: string;
  fromMs: number;
  toMs: number | null;
  reasons: string | null;
}

const reasonsSchema = z.array(reasonSchema);

/** Spans of these subjects that overlap [fromMs, toMs), by subject and then by beginning. A state that lasted no time is none. */
export function readSpans(
  db: Database.Database,
  subjectIds: readonly string[],
  fromMs: number,
  toMs: number,
): Span[] {
  return db
    .prepare<[Record<string, number | string>], SpanRow>(
      `SELECT kind, subject AS subjectId, state, from_ms AS fromMs, to_ms AS toMs, reasons FROM spans
        WHERE subject IN (SELECT value FROM json_each(@subjects))
          AND from_ms < @to AND (to_ms IS NULL OR (to_ms > @from AND to_ms > from_ms))
        ORDER BY subject, from_ms, id`,
    )
    .all({ subjects: JSON.stringify(subjectIds), from: fromMs, to: toMs })
    .map((row) => ({ ...row, reasons: parseReasons(row.reasons, row.subjectId, db.name) }));
}

/** The reasons kept with a span. Throws a HistoryError when they are not what Heron wrote. */
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
