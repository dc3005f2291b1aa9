import type Database from 'better-sqlite3';
import type { TimeRange } from '../../domain/model/history';
import { HistoryError } from '../model/history-error';
import { manifestSchema, type Manifest } from './manifest';

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
  const kept = known.get(db);
  if (kept !== undefined) return kept;
  const range = readManifest(db)?.range ?? null;
  known.set(db, range);
  return range;
}
