import { existsSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { toHistoryFailure } from '../file/sqlite-failure';
import { freeName } from '../file/move-aside';
import { syncFolderOf } from '../file/place-file';
import { acquireWriterLock } from '../file/writer-lock';
import { HistoryError } from '../model/history-error';
import type { Migration } from '../migrations/migrations';
import { lossWords, salvage } from './salvage';

/** The result of recovering a damaged history. */
export interface Recovery {
  /** The new name of the damaged file. */
  keptAs: string;
  /** What happened and what was lost, for the operator. */
  words: string;
}

/**
 * Replaces a damaged history by one salvaged from it, and renames the damaged one to `<file>.damaged-<time>`. The damaged file is
 * never changed or removed, even when this is interrupted. Throws a HistoryError when a running Heron writes the file, or when
 * there is not enough space.
 */
export function recoverFile(file: string, steps: readonly Migration[], nowMs: number, why: string): Recovery {
  const lock = acquireWriterLock(file, nowMs);
  try {
    refuseWithoutRoom(file);
    const keptAs = freeName(`${file}.damaged-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
    const losses = salvageOrRefuse(file, steps, nowMs, why, keptAs);
    renameSync(`${file}.salvaging`, `${file}.salvaged`);
    syncFolderOf(file);
    // The log goes first: next to another file it would be taken for its log.
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${keptAs}-wal`);
    rmSync(`${file}-shm`, { force: true });
    renameSync(file, keptAs);
    finishRecovery(file);
    syncFolderOf(file);
    return {
      keptAs,
      words: `The history file was damaged, and was salvaged. ${why} ${lossWords(losses)} The damaged file is kept as ${keptAs}.`,
    };
  } finally {
    lock.release();
  }
}

/** Completes a recovery that was interrupted between its last two renames: the salvaged file gets the history's name. */
export function finishRecovery(file: string): void {
  if (!existsSync(file) && existsSync(`${file}.salvaged`)) renameSync(`${file}.salvaged`, file);
}

function salvageOrRefuse(
  file: string,
  steps: readonly Migration[],
  nowMs: number,
  why: string,
  keptAs: string,
): ReturnType<typeof salvage> {
  try {
    return salvage({ damagedFile: file, newFile: `${file}.salvaging`, steps, nowMs, why, keptAs });
  } catch (error) {
    const { what } = toHistoryFailure(error, file);
    throw refused(file, `The history file is damaged and could not be salvaged. ${why} ${what}`);
  }
}

function refuseWithoutRoom(file: string): void {
  const needed = statSync(file).size;
  const { bavail, bsize } = statfsSync(path.dirname(file));
  if (bavail * bsize >= needed) return;
  const mb = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  throw refused(
    file,
    `The history file is damaged. Salvaging it takes ${mb(needed)} of free space; there are ${mb(bavail * bsize)}.`,
  );
}

function refused(file: string, what: string): HistoryError {
  return new HistoryError({
    code: 'damaged',
    what,
    where: file,
    todo: 'Free some space, or start a new history; the damaged file stays as it is.',
  });
}
