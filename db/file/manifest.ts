import type Database from 'better-sqlite3';
import { z } from 'zod';
import { rangeSchema, type TimeRange } from '../../domain/model/history';
import { countOf, parseRangeText } from '../chain/number-ranges';
import { markLength } from '../chain/row-digest';
import { HistoryError } from '../model/history-error';

/*
 * An incident file is a history of just a range: the rows that are needed to show any instant of it, and a manifest that says
 * what it is of and what every row was when the file was made. Its tables are those of a history, and three more.
 */

const rowsSchema = z
  .strictObject({ rows: z.string(), marks: z.string(), sha256: z.string() })
  .refine(hasMarkPerRow);

function hasMarkPerRow({ rows, marks }: { rows: string; marks: string }): boolean {
  try {
    return countOf(parseRangeText(rows)) * markLength === marks.length;
  } catch {
    return false;
  }
}

export const manifestSchema = z.strictObject({
  /** 1: of Heron 0.1, which signed no incident files. */
  format: z.enum(['heron-extract-1', 'heron-extract-2']),
  /** The history it was cut out of; of a redacted file, a new id. */
  historyId: z.string().min(1),
  range: rangeSchema,
  /** The clusters (and standalone edges) that were chosen; null: all. */
  clusterIds: z.array(z.string()).nullable(),
  madeMs: z.int(),
  /** Version of the Heron that made it. */
  madeBy: z.string(),
  /** Names and addresses are pseudonyms; the events carry a chain of their own. */
  redacted: z.boolean(),
  /** The last event that was in the history when this was made. */
  lastEventId: z.int().min(0),
  /** Up to when the history was proven when this was cut out of it; left out: wholly, or its maker does not vouch for it. */
  provenUpToMs: z.int().optional(),
  tables: z.record(z.string(), rowsSchema.nullable()),
  samples: z.array(z.strictObject({ minute: z.int(), count: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Whether an open history is an incident file. */
export function isExtract(db: Database.Database): boolean {
  return (
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'extract'").get() !== undefined
  );
}

/** The manifest of an incident file; null of a whole history. Throws a HistoryError when it cannot be understood. */
export function readManifest(db: Database.Database): Manifest | null {
  if (!isExtract(db)) return null;
  const body = db.prepare<[], string>('SELECT body FROM extract WHERE id = 1').pluck().get();
  try {
    return manifestSchema.parse(JSON.parse(body ?? ''));
  } catch {
    throw new HistoryError({
      code: 'damaged',
      what: 'The incident file does not say what it is of: its manifest (extract row 1) cannot be understood.',
      where: db.name,
      todo: 'The file was damaged or altered, or a newer Heron made it: ask for another copy.',
    });
  }
}

const known = new WeakMap<Database.Database, TimeRange | null>();

/** The range an incident file is of; null of a whole history. Asked once of each open file. */
export function extractRange(db: Database.Database): TimeRange | null {
  const cached = known.get(db);
  if (cached !== undefined) return cached;
  const range = readManifest(db)?.range ?? null;
  known.set(db, range);
  return range;
}
