import type Database from 'better-sqlite3';
import { syncFile } from '../file/place-file';

/**
 * Does work whose transactions are on disk when it returns, with all that was committed before them: in WAL mode one sync of the log
 * covers both. Not inside a transaction.
 */
export function durably<T>(db: Database.Database, work: () => T): T {
  const usual = Number(db.pragma('synchronous', { simple: true }));
  db.pragma('synchronous = FULL');
  try {
    return work();
  } finally {
    db.pragma(`synchronous = ${usual}`);
  }
}

/**
 * Syncs committed transactions to disk, before anything outside the history relies on them. Only the log is synced: what is in the
 * file itself was synced when the log was written back. SQLite has no locks on the log that closing it could drop.
 */
export function syncLog(file: string): void {
  try {
    syncFile(`${file}-wal`);
  } catch (fault) {
    if (!isHarmless(fault)) throw fault;
  }
}

/** No log: nothing is pending. Not writable here: another process wrote it and syncs its own claims. */
function isHarmless(fault: unknown): boolean {
  const codes = ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EINVAL', 'EBUSY'];
  return fault instanceof Error && 'code' in fault && codes.includes(String(fault.code));
}
