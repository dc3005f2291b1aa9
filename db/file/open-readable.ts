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
import { latestVersion, migrations } from '../migrations/migrations';
import { readFileVersion, refuseNewer } from './file-version';
import { allowUriNames } from './uri-names';

allowUriNames();

const busyTimeoutMs = 2000;
const headerBytes = 100;

/** How a file can be read without leaving anything beside it. */
type Manner = 'live' | 'plain' | 'immutable' | 'with-its-log';

/**
 * Opens a history for reading: the live one beside its writer, or any copied file, which stays as it is and gets nothing put
 * beside it, in a read-only folder too. Throws a HistoryError when it is not there, is newer, or is older than this
 * Heron reads.
 */
export function openReadable(file: string): Database.Database {
  switch (mannerOf(file)) {
    case 'live':
    case 'plain':
      checkVersion(file, file);
      return readOnly(file);
    case 'immutable':
      checkVersion(file, file);
      return readOnly(`${pathToFileURL(path.resolve(file)).href}?immutable=1`);
    case 'with-its-log':
      return openElsewhere(file);
  }
}

/**
 * A file that was closed is an ordinary SQLite file: its locks are the file's, and nothing is put beside it. In WAL mode (byte
 * 19 of its header is 2) SQLite wants a log and an index beside it, unless it is told that nobody writes it: then there
 * must be no log, which a live history always has. A copied log is part of the copied history. The header is looked at
 * last: closing a descriptor of our own drops the locks that this process has on a file (sqlite.org/howtocorrupt.html, 2.2).
 */
function mannerOf(file: string): Manner {
  if (existsSync(`${file}-shm`) && existsSync(`${file}.lock`)) return 'live';
  if (sizeOf(`${file}-wal`) > 0) return 'with-its-log';
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

/** Reads a copy with its log from a copy of both, in a folder of its own that goes when the database is closed. */
function openElsewhere(file: string): Database.Database {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-history-'));
  try {
    const copy = path.join(folder, 'history.sqlite');
    // Where the file system can, the copy shares its blocks with the file.
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

/** `file` is read, `where` is what the person chose. */
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
  if (version < known) {
    throw new HistoryError({
      code: 'older-file',
      what: `The history file has version ${version}; this Heron reads version ${known}.`,
      where,
      todo: 'Copy it and open the copy for writing once (heron watch --db COPY), which brings it up to date.',
    });
  }
}
