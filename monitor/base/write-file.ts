import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';

/** A file that was not to be replaced is there already. */
export class FileExistsError extends Error {
  constructor(readonly file: string) {
    super(`${file} is there already`);
  }
}

export interface WriteOptions {
  /** False: a file that is there already stays as it is, and a FileExistsError is thrown. */
  replace: boolean;
  /** Permissions of the new file (POSIX). Files of Heron are their user's alone. */
  mode?: number;
}

const ownerOnly = 0o600;

/**
 * Writes a file so that at any time, a power cut included, either the old content or the whole new one is at `file`: into a new file in
 * the same folder, synced, then moved into place. Throws a FileExistsError or what the file system reports.
 */
export async function writeFileDurably(
  file: string,
  content: string | Uint8Array,
  { replace, mode = ownerOnly }: WriteOptions,
): Promise<void> {
  const draft = draftOf(file);
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (replace) await rename(draft, file);
    else await link(draft, file).catch((fault: unknown) => Promise.reject(asExisting(fault, file)));
  } finally {
    await rm(draft, { force: true });
  }
  syncFolder(path.dirname(file));
}

/** The same, for small files that are written while nothing may happen in between. */
export function writeFileDurablySync(
  file: string,
  content: string | Uint8Array,
  { replace, mode = ownerOnly }: WriteOptions,
): void {
  const draft = draftOf(file);
  try {
    const descriptor = openSync(draft, 'wx', mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (replace) renameSync(draft, file);
    else linkNew(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path.dirname(file));
}

function draftOf(file: string): string {
  return `${file}.${randomUUID().slice(0, 8)}.unfinished`;
}

/** A hard link is made only where nothing is: rename() would replace what another process put there meanwhile. */
function linkNew(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (fault) {
    throw asExisting(fault, file);
  }
}

function asExisting(fault: unknown, file: string): unknown {
  return fault instanceof Error && 'code' in fault && fault.code === 'EEXIST'
    ? new FileExistsError(file)
    : fault;
}

/** The new name is on disk once its folder is. Windows has no such call, and its file system journals names. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
