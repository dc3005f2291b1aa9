import { existsSync, renameSync, rmSync } from 'node:fs';
import { acquireWriterLock } from './writer-lock';

/**
 * Renames a history to `<file>.aside-<time>`, so that a new one can begin in its place. Returns that name. Its content does not
 * change. Throws a HistoryError when a running Heron writes it.
 */
export function moveHistoryAside(file: string, nowMs: number): string {
  const aside = freeName(`${file}.aside-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
  const lock = acquireWriterLock(file, nowMs);
  try {
    // The log goes first: next to another file it would be taken for its log.
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
    rmSync(`${file}-shm`, { force: true });
    renameSync(file, aside);
  } finally {
    lock.release();
  }
  return aside;
}

/** `wanted`, or the first of `wanted-2`, `wanted-3`… that does not exist. */
export function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
