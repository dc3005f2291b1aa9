import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readFileVersion } from './file-version';
import { ownerOnly } from './place-file';

/** A history and what lies next to it, by the end of its name. Not its key: one that others could read is not used any more. */
const companions = ['', '-wal', '-shm', '-journal', '.lock'];
const othersMask = 0o077;
const stickyBit = 0o1000;

/** Makes an empty file that its owner alone may read, whatever the umask; an existing one keeps its content and is restricted. */
export function makeOwnerOnly(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownerOnly.file));
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault;
    restrictToOwner(file);
  }
}

/** Makes a folder, and those above it that are missing, for their owner alone. An existing one is not changed. */
export function makeOwnerOnlyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnly.folder });
}

/**
 * Removes the permissions of group and others from a file or folder; never opens it. True: others had some. A link, what is not
 * there, what belongs to another user, and everything on Windows, where a file inherits its folder's permissions, stay as they are.
 */
export function restrictToOwner(file: string): boolean {
  if (process.platform === 'win32') return false;
  const status = lstatSync(file, { throwIfNoEntry: false });
  if (!status || !(status.isFile() || status.isDirectory()) || (status.mode & othersMask) === 0) return false;
  // A folder such as /tmp, which everybody shares.
  if ((status.mode & stickyBit) !== 0) return false;
  try {
    chmodSync(file, status.mode & 0o7700);
    return true;
  } catch (fault) {
    if (
      fault instanceof Error &&
      'code' in fault &&
      ['EPERM', 'EROFS', 'ENOTSUP', 'ENOSYS'].includes(String(fault.code))
    )
      return false;
    throw fault;
  }
}

/**
 * Restricts a history and what lies next to it to their owner. Returns the files that others could use before. A file that is no history
 * of Heron's stays as it is.
 */
export function restrictHistory(file: string): string[] {
  if (!isHistory(file)) return [];
  return companions.map((end) => `${file}${end}`).filter(restrictToOwner);
}

/** Restricts the data folder of the app, its histories, settings, keys and logs. Returns what others could use before. */
export function restrictAppData(folder: string): string[] {
  const logs = path.join(folder, 'logs');
  const own = filesIn(folder).filter((file) => /\.sqlite|\.json$/.test(path.basename(file)));
  return [folder, logs, ...own, ...filesIn(logs)].filter(restrictToOwner);
}

function filesIn(folder: string): string[] {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder).map((name) => path.join(folder, name));
}

function isHistory(file: string): boolean {
  try {
    return readFileVersion(file) !== null;
  } catch {
    return false;
  }
}
