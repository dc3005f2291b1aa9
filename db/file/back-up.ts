import Database from 'better-sqlite3';
import { existsSync, rmSync, statSync } from 'node:fs';
import { HistoryError } from '../model/history-error';
import { readChainHeads } from './chain-head';
import { openReadable } from './open-readable';
import { makeOwnerOnly } from './owner-only';
import { outputTarget } from './output-target';
import { placeFile } from './place-file';
import { acquireWriterLock } from './writer-lock';

/** What to copy, and where to. */
export interface BackupRequest {
  file: string;
  out: string;
  /** True: an existing file is replaced, once the new one is complete and checked. */
  force: boolean;
}

/** Progress of a backup: `copying` with bytes, then `checking`. */
export interface BackupProgress {
  step: 'copying' | 'checking';
  doneBytes: number;
  totalBytes: number;
}

/** A finished backup: one plain file, compared with the history it came from. */
export interface BackupReport {
  file: string;
  sizeBytes: number;
  /** Row number of its last event, the same as in the history at the time of the copy. */
  lastEventId: number;
  /** The heads of its chains (chain-head.ts). */
  heads: string[];
}

/** 1 MiB of 4 KiB pages: a step takes about a millisecond. */
const pagesPerStep = 256;
const mostAttempts = 3;

class ChangedMeanwhile extends Error {}

/**
 * Copies a history, also while a Heron writes it, page by page with SQLite's online backup. The copy is the history as it was
 * when the copy began: a read transaction holds that state, which in WAL mode blocks no writer. It is written under a
 * temporary name, made one plain file, checked (quick_check, and its chains have the heads of the history), and only then
 * renamed. Throws a HistoryError; no temporary file is left behind.
 */
export async function backUp(
  { file, out, force }: BackupRequest,
  onProgress: (progress: BackupProgress) => void,
  nowMs: number,
): Promise<BackupReport> {
  openReadable(file).close();
  const target = backupTarget(file, out, force, nowMs);
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const heads = await copyAndCheck(file, unfinished, onProgress);
        placeFile(unfinished, target, { replace: force });
        return { file: out, sizeBytes: statSync(target).size, ...heads };
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || attempt === mostAttempts) throw error;
      }
    }
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${unfinished}${suffix}`, { force: true });
  }
}

async function copyAndCheck(
  file: string,
  unfinished: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<Pick<BackupReport, 'lastEventId' | 'heads'>> {
  rmSync(unfinished, { force: true });
  makeOwnerOnly(unfinished);
  const source = openReadable(file);
  let wanted;
  let userVersion: unknown;
  try {
    // A file that is not in WAL mode has no writer now. A read transaction would block a Heron that starts meanwhile: the
    // copy is then repeated in WAL mode.
    const live = source.pragma('journal_mode', { simple: true }) === 'wal';
    if (live) source.exec('BEGIN');
    wanted = readChainHeads(source);
    userVersion = source.pragma('user_version', { simple: true });
    const pageBytes = Number(source.pragma('page_size', { simple: true }));
    let least = Infinity;
    await source.backup(unfinished, {
      progress({ totalPages, remainingPages }) {
        if (remainingPages > least) throw new ChangedMeanwhile('The history changed while it was copied.');
        least = remainingPages;
        const doneBytes = (totalPages - remainingPages) * pageBytes;
        onProgress({ step: 'copying', doneBytes, totalBytes: totalPages * pageBytes });
        return pagesPerStep;
      },
    });
    if (live) source.exec('COMMIT');
  } finally {
    source.close();
  }
  const sizeBytes = statSync(unfinished).size;
  onProgress({ step: 'checking', doneBytes: 0, totalBytes: sizeBytes });
  const copy = new Database(unfinished, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('quick_check(1)', { simple: true });
    const heads = readChainHeads(copy);
    const same =
      heads.heads.join() === wanted.heads.join() &&
      copy.pragma('user_version', { simple: true }) === userVersion;
    if (found !== 'ok' || !same) {
      throw new HistoryError({
        code: 'damaged',
        what: `The copy is not sound: ${found === 'ok' ? 'its last entries are not those of the history' : String(found)}.`,
        where: file,
        todo: 'No backup was made. The history itself may be damaged: start Heron on it, which checks it and salvages what it can.',
      });
    }
  } finally {
    copy.close();
  }
  return wanted;
}

/** Where the backup is written: `out`, links resolved. With `force`, it may replace a history that has no writer. */
function backupTarget(file: string, out: string, force: boolean, nowMs: number): string {
  const target = outputTarget(out, {
    replace: force,
    mayReplace: ['history', 'incident file'],
    inUse: [file],
  });
  if (existsSync(`${target}-wal`))
    throw refused(
      out,
      existsSync(target)
        ? 'The file to be replaced was not closed: its write-ahead log still exists.'
        : 'The write-ahead log of another history has this name.',
      'Choose another name.',
    );
  // Throws when a running Heron writes the file to be replaced.
  if (existsSync(target) && existsSync(`${target}.lock`)) acquireWriterLock(target, nowMs).release();
  return target;
}

function refused(where: string, what: string, todo: string): HistoryError {
  return new HistoryError({ code: 'not-writable', what, where, todo: `${todo} Nothing was written.` });
}
