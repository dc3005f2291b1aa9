import path from 'node:path';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';

/** A file that was not to be replaced is there already. */
export class FileExistsError extends Error {
  constructor(readonly file: string) {
    super(`${file} is there already`);
  }
}

/** Permissions of the files and folders that Heron makes (POSIX): their owner's alone. */
export const ownerOnly = { file: 0o600, folder: 0o700 } as const;

/**
 * Gives a complete file its name, on disk when it returns. Without `replace` a file that has the name already stays, and a
 * FileExistsError is thrown.
 */
export function placeFile(draft: string, file: string, { replace }: { replace: boolean }): void {
  if (process.platform !== 'win32') chmodSync(draft, ownerOnly.file);
  syncFile(draft);
  if (replace) renameSync(draft, file);
  else {
    takeName(draft, file);
    rmSync(draft, { force: true });
  }
  syncFolderOf(file);
}

/** Whether a file system refuses hard links, as those of USB sticks and some network drives do. */
export function cannotLink(fault: unknown): boolean {
  const codes = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EISDIR'];
  return fault instanceof Error && 'code' in fault && codes.includes(String(fault.code));
}

/** The fault of making `file`, as a FileExistsError when the name is taken. */
export function asExisting(fault: unknown, file: string): unknown {
  return fault instanceof Error && 'code' in fault && fault.code === 'EEXIST'
    ? new FileExistsError(file)
    : fault;
}

/** A hard link is created only if the name is free: rename() would replace what another process put there meanwhile. */
export function takeName(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (fault) {
    if (!cannotLink(fault)) throw asExisting(fault, file);
    reserveName(file);
    renameSync(draft, file);
  }
}

/** Creates an empty file if there is none. */
function reserveName(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownerOnly.file));
  } catch (fault) {
    throw asExisting(fault, file);
  }
}

/** Returns when everything written to a file is on disk. */
export function syncFile(file: string): void {
  // Windows syncs only through a descriptor that may write.
  const descriptor = openSync(file, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A new name is on disk once its folder is. Windows has no such call, and its file system journals names; a folder that may
 * not be read, and some network drives, cannot be synced.
 */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  try {
    syncFile(path.dirname(file));
  } catch (fault) {
    if (!cannotSyncFolder(fault)) throw fault;
  }
}

/** Whether a folder could not be synced because its file system, or its permissions, do not allow it. */
export function cannotSyncFolder(fault: unknown): boolean {
  const codes = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EBADF'];
  return fault instanceof Error && 'code' in fault && codes.includes(String(fault.code));
}
