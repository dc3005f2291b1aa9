import Database from 'better-sqlite3';
import { hostname } from 'node:os';
import { z } from 'zod';
import { makeOwnerOnly } from './owner-only';
import { HistoryError } from '../model/history-error';

const ownerSchema = z.object({ pid: z.number(), host: z.string(), since_ms: z.number() });

/** Held by the one writer of a history file until released, or until its process ends in whatever way. */
export interface WriterLock {
  release(): void;
}

/**
 * Acquires the right to write a history file. The lock is the operating system's lock on a small SQLite file, `<file>.lock`: a
 * transaction that stays open. It ends with its process, kill -9 included, so it is never stale and needs no check of process
 * numbers. The lock file itself remains and has no meaning. Throws a HistoryError naming the owner when another process (or this
 * one) already has it.
 */
export function acquireWriterLock(file: string, nowMs: number): WriterLock {
  makeOwnerOnly(`${file}.lock`);
  const db = new Database(`${file}.lock`, { timeout: 200 });
  try {
    db.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER, host TEXT, since_ms INTEGER)');
    db.transaction(() => {
      db.exec('DELETE FROM owner');
      db.prepare('INSERT INTO owner VALUES (?, ?, ?)').run(process.pid, hostname(), nowMs);
    }).exclusive();
    // Reserved, not exclusive: other processes cannot write, but can read who has it.
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const taken = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const words = taken ? ownerWords(db) : '';
    db.close();
    if (!taken) throw error;
    throw new HistoryError({
      code: 'already-written',
      what: `Another Heron is writing this history${words}.`,
      where: file,
      todo: 'Close that one, or give this one another file.',
    });
  }
  return {
    release: () => {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}

function ownerWords(db: Database.Database): string {
  try {
    const owner = ownerSchema.parse(db.prepare('SELECT pid, host, since_ms FROM owner').get());
    return `: process ${owner.pid} on ${owner.host}, since ${new Date(owner.since_ms).toISOString()}`;
  } catch {
    // The owner is just writing its name; that it has the lock is enough.
    return '';
  }
}
