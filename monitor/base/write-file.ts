import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import {
  asExisting,
  cannotLink,
  cannotSyncFolder,
  ownerOnly,
  syncFolderOf,
  takeName,
} from '../../db/file/place-file';

export { FileExistsError } from '../../db/file/place-file';

export interface WriteOptions {
  /** False: a file that is there already stays as it is, and a FileExistsError is thrown. */
  replace: boolean;
}

/**
 * Writes a file so that at any time, a power cut included, either the old content or the whole new one is at `file`: into a new file in
 * the same folder, synced, then moved into place. Only its owner may read it. Blocks nothing when the disk does not answer. Throws a
 * FileExistsError or what the file system reports. What is iterated is written as it comes: of it, only one part is in memory.
 */
export async function writeFileDurably(
  file: string,
  content: string | Uint8Array | AsyncIterable<string | Uint8Array>,
  { replace }: WriteOptions,
): Promise<void> {
  const draft = draftOf(file);
  try {
    const handle = await open(draft, 'wx', ownerOnly.file);
    try {
      if (process.platform !== 'win32') await handle.chmod(ownerOnly.file);
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (replace) await rename(draft, file);
    else await takeNameLater(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(path.dirname(file));
}

/** The same, for small files that are written while nothing may happen in between. */
export function writeFileDurablySync(
  file: string,
  content: string | Uint8Array,
  { replace }: WriteOptions,
): void {
  const draft = draftOf(file);
  try {
    const descriptor = openSync(draft, 'wx', ownerOnly.file);
    try {
      if (process.platform !== 'win32') fchmodSync(descriptor, ownerOnly.file);
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (replace) renameSync(draft, file);
    else takeName(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolderOf(file);
}

function draftOf(file: string): string {
  return `${file}.${randomUUID().slice(0, 8)}.unfinished`;
}

async function takeNameLater(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (fault) {
    if (!cannotLink(fault)) throw asExisting(fault, file);
    const reserved = await open(file, 'wx', ownerOnly.file).catch((taken: unknown) =>
      Promise.reject(asExisting(taken, file)),
    );
    await reserved.close();
    await rename(draft, file);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (fault) {
    if (!cannotSyncFolder(fault)) throw fault;
  }
}
