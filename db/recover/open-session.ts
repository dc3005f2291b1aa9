import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { HeronEvent } from '../../domain/model/event';
import { ownFinding } from '../../domain/model/own-finding';
import { toHistoryFailure } from '../file/sqlite-failure';
import { HistoryError } from '../model/history-error';
import { migrations, type Migration } from '../migrations/migrations';
import { WriterSession, type WriterOptions } from '../write/writer-session';
import { expectedFile } from '../file/expected-tables';
import { wasAHistory } from './file-traces';
import { finishRecovery, recoverFile } from './recover-file';

export interface OpeningOptions extends WriterOptions {
  /** The damage found while the file was open: it is salvaged before it is opened. Null: none. */
  damage: string | null;
}

/** The result of opening a history for writing. */
export interface OpeningReport {
  /** The last run ended without closing the file: a check is due. */
  checkDue: boolean;
  /** The result of a recovery, in words; null: there was none. */
  recovered: string | null;
}

/**
 * Opens a history for writing; a damaged one is salvaged first (recover-file.ts). A file that never was a history is refused and
 * not changed.
 */
export function openSession(
  options: OpeningOptions,
  steps: readonly Migration[] = migrations,
): { session: WriterSession; report: OpeningReport } {
  const file = existsSync(options.file) ? realpathSync(options.file) : path.resolve(options.file);
  finishRecovery(file);
  const logMissing = isWithoutLog(file);
  const recover = (why: string): string => recoverFile(file, steps, options.nowMs, why).words;
  let recovered = options.damage === null ? null : recover(options.damage);
  let session: WriterSession;
  try {
    session = WriterSession.open(options, steps);
  } catch (error) {
    if (recovered !== null || !isDamage(error, file, steps)) throw error;
    recovered = recover(toHistoryFailure(error, file).what);
    session = WriterSession.open(options, steps);
  }
  if (logMissing && (session.afterLoss || session.isFirstRun) && recovered === null) {
    session.record([missingLog(file, options.nowMs)]);
  }
  return { session, report: { checkDue: session.afterLoss && recovered === null, recovered } };
}

function isDamage(error: unknown, file: string, steps: readonly Migration[]): boolean {
  const unreadable = error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
  const foreign = error instanceof HistoryError && error.failure.code === 'not-a-history';
  return (unreadable || foreign) && existsSync(file) && wasAHistory(file, expectedFile(steps));
}

const readVersionOffset = 19;
const walMode = 2;

/** The file's header requires a log, and there is none: it was removed, or omitted from a copy. */
function isWithoutLog(file: string): boolean {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < 100 || existsSync(`${file}-wal`)) return false;
  // In a process that has the file open this would drop SQLite's locks; then its log would be there, too.
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(100);
    readSync(descriptor, header, 0, header.length, 0);
    return header[readVersionOffset] === walMode;
  } finally {
    closeSync(descriptor);
  }
}

function missingLog(file: string, nowMs: number): HeronEvent {
  const reason = {
    code: 'history-log-missing',
    fact: 'The log beside the history file was gone.',
    detail: `Heron had ended without closing the history, and ${path.basename(file)}-wal was removed before this start: the last entries, which were in it, are lost. The gap before this start begins with the last entry that is left.`,
  };
  return ownFinding(reason, nowMs);
}
