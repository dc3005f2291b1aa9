import Database from 'better-sqlite3';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HistoryError } from '../model/history-error';
import { latestVersion, migrations, oldestReadableVersion } from '../migrations/migrations';
import { readFileVersion, refuseNewer } from './file-version';
import { allowUriNames } from './uri-names';

allowUriNames();

const busyTimeoutMs = 2000;
const headerBytes = 100;

/** How a file can be opened without creating files next to it. */
type OpenMode = 'live' | 'plain' | 'immutable' | 'with-log';

/**
 * Opens a history for reading: the live one while its writer has it open, or any copy, also in a read-only folder. Changes
 * nothing and creates no files next to it. Throws a HistoryError when it does not exist, or is newer or older than this Heron
 * reads.
 */
export function openReadable(file: string): Database.Database {
  switch (openModeOf(file)) {
    case 'live':
    case 'plain':
      checkVersion(file, file);
      return readOnly(file);
    case 'immutable':
      checkVersion(file, file);
      return readOnly(`${pathToFileURL(path.resolve(file)).href}?immutable=1`);
    case 'with-log':
      return openCopy(file);
  }
}

/**
 * A file that was closed is an ordinary SQLite file: SQLite locks the file itself and creates none. In WAL mode (byte 19 of the
 * header is 2) SQLite creates a log and an index next to it, unless it is opened as immutable: then there must be no log, which
 * a live history always has. A copied log is part of the copied history. The header is read last: closing a descriptor of our
 * own drops the locks of this process on the file (sqlite.org/howtocorrupt.html, 2.2).
 */
function openModeOf(file: string): OpenMode {
  if (existsSync(`${file}-shm`) && existsSync(`${file}.lock`)) return 'live';
  if (sizeOf(`${file}-wal`) > 0) return 'with-log';
  return isLogged(file) ? 'immutable' : 'plain';
}

function isLogged(file: string): boolean {
  if (sizeOf(file) < headerBytes) return false;
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(descriptor, header, 0, headerBytes, 0);
    return header[19] === 2;
  } finally {
    closeSync(descriptor);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Opens a copy of a file and its log, in a temporary folder that is removed when the database is closed. */
function openCopy(file: string): Database.Database {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-history-'));
  try {
    const copy = path.join(folder, 'history.sqlite');
    // On file systems that support it the copy shares its blocks with the original.
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    copyFileSync(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE);
    checkVersion(copy, file);
    const db = readOnly(copy);
    const close = db.close.bind(db);
    db.close = () => {
      close();
      rmSync(folder, { recursive: true, force: true });
      return db;
    };
    return db;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function readOnly(name: string): Database.Database {
  const db = new Database(name, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  db.pragma('query_only = ON');
  return db;
}

/** `file` is read; `where` is the name in failures. */
function checkVersion(file: string, where: string): void {
  const known = latestVersion(migrations);
  const version = readFileVersion(file);
  if (version === null) {
    throw new HistoryError({
      code: 'not-a-history',
      what: 'There is no history here: the file is missing or empty.',
      where,
      todo: 'Check the name.',
    });
  }
  refuseNewer(where, version, known);
  if (version < oldestReadableVersion) {
    throw new HistoryError({
      code: 'older-file',
      what: `The history file has version ${version}; this Heron reads version ${known}.`,
      where,
      todo: 'Copy it and open the copy for writing once (heron watch --db COPY), which brings it up to date.',
    });
  }
}
