import Database from 'better-sqlite3';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isExtract } from './manifest';
import { HistoryError } from '../model/history-error';
import { latestVersion, type Migration } from '../migrations/migrations';
import { readFileVersion, refuseNewer } from './file-version';
import { migrate } from './migrate';
import { makeOwnerOnly, restrictHistory } from './owner-only';
import { acquireWriterLock } from './writer-lock';

/** An open history file that this thread alone may write. */
export interface WritableFile {
  db: Database.Database;
  /** The file itself, links resolved. */
  file: string;
  /** Leaves one plain file without a log, which can also be opened in a read-only folder. */
  close(): void;
}

const busyTimeoutMs = 2000;

/**
 * Opens a history for writing: checks its version first, acquires the writer's lock, and migrates it. Throws a HistoryError (newer file, not a history, already written) or SQLite's own error.
 */
export function openWritable(given: string, steps: readonly Migration[], nowMs: number): WritableFile {
  const file = existsSync(given) ? realpathSync(given) : path.resolve(given);
  if (!existsSync(path.dirname(file))) {
    throw new HistoryError({
      code: 'not-writable',
      what: 'There is no such folder.',
      where: file,
      todo: 'Make the folder, or choose another.',
    });
  }
  const version = readFileVersion(file, 'to write');
  if (version !== null) refuseNewer(file, version, latestVersion(steps));
  const lock = acquireWriterLock(file, nowMs);
  try {
    // SQLite gives its log and index the permissions of the file.
    makeOwnerOnly(file);
    restrictHistory(file);
    const db = new Database(file, { timeout: busyTimeoutMs });
    try {
      if (version !== null && isExtract(db)) throw writtenOnce(file);
      prepareConnection(db);
      migrate(db, steps, nowMs);
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      file,
      close: () => {
        closePlainly(db);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function writtenOnce(file: string): HistoryError {
  return new HistoryError({
    code: 'not-writable',
    what: 'This is an incident file, which is written once and never changed.',
    where: file,
    todo: 'Open it read-only (heron audit open FILE), and choose another history to write. Nothing was changed.',
  });
}

function prepareConnection(db: Database.Database): void {
  // These two only take on a file without tables.
  db.pragma('page_size = 4096');
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  // In WAL mode a power cut may lose the last transactions but never damages the file; a killed process loses nothing.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('recursive_triggers = ON');
  db.pragma('journal_size_limit = 16777216');
}

function closePlainly(db: Database.Database): void {
  try {
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    // Someone is still reading it, or the disk refuses: the log stays, which every SQLite reader understands.
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}
