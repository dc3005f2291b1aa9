import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { HistoryError } from '../model/history-error';
import { readFileVersion } from './file-version';

/** The result of checking a whole file. */
export interface FileCheck {
  /** SQLite's complaints, at most twenty; none: the file is intact. */
  complaints: string[];
  sizeBytes: number;
}

const mostComplaints = 20;

/**
 * Makes SQLite check the whole file (`PRAGMA quick_check`; with `thorough` `integrity_check`, which also compares every index with
 * its table). Does not block a writer. Takes about a second for each few hundred megabytes, so call it in its own thread.
 * Throws SQLite's error when the file cannot be read at all.
 */
export function checkFile(file: string, thorough: boolean): FileCheck {
  if (readFileVersion(file) === null) {
    throw new HistoryError({
      code: 'not-a-history',
      what: 'There is no history here: the file is missing or empty.',
      where: file,
      todo: 'Check the name.',
    });
  }
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    const pragma = thorough ? 'integrity_check' : 'quick_check';
    const rows = db.pragma(`${pragma}(${mostComplaints})`) as Record<string, unknown>[];
    const words = rows.map((row) => String(row[pragma]));
    const pages = Number(db.pragma('page_count', { simple: true }));
    const pageBytes = Number(db.pragma('page_size', { simple: true }));
    return { complaints: words.filter((line) => line !== 'ok'), sizeBytes: pages * pageBytes };
  } catch (error) {
    // SQLite aborts the check at some damaged pages.
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CORRUPT')) throw error;
    return { complaints: [error.message], sizeBytes: statSync(file).size };
  } finally {
    db.close();
  }
}
