import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HistoryError } from '../model/history-error';
import { latestVersion, migrations, oldestReadableVersion } from '../migrations/migrations';
import { applicationId, notAHistory, notOurs, readFileVersion, refuseNewer } from './file-version';
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
  refuseOddFile(file);
  switch (openModeOf(file)) {
    case 'live':
    case 'plain':
      checkVersion(readFileVersion(file), file);
      return readOnly(file);
    case 'immutable':
      checkVersion(readFileVersion(file), file);
      return readOnly(`${pathToFileURL(path.resolve(file)).href}?immutable=1`);
    case 'with-log':
      return openWithLog(file);
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

/** What is no plain file could block for ever as soon as it is opened, or have no end. */
function refuseOddFile(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const status = statSync(name, { throwIfNoEntry: false });
    if (status === undefined || status.isFile()) continue;
    const what = status.isDirectory() ? 'a folder' : 'a device or a pipe';
    const where = name === file ? 'This is' : `${path.basename(name)} next to the file is`;
    throw notAHistory(file, `${where} ${what}.`, 'Name a plain file.');
  }
  if (startsWithJournal(file))
    throw notAHistory(
      file,
      'Its last write was interrupted, and what undoes it stands next to it (-journal).',
      'Copy both files, and open the copy for writing once (heron watch --db COPY), which completes it.',
    );
}

/** SQLite undoes an interrupted write before it reads anything, which takes writing. A journal that begins with 0 is done with. */
function startsWithJournal(file: string): boolean {
  const journal = `${file}-journal`;
  return sizeOf(journal) > 0 && sizeOf(file) > 0 && (firstBytes(journal, 1)[0] ?? 0) !== 0;
}

function isLogged(file: string): boolean {
  if (sizeOf(file) < headerBytes) return false;
  return firstBytes(file, headerBytes)[19] === 2;
}

function firstBytes(file: string, count: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, count, 0));
  } finally {
    closeSync(descriptor);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Opens a file that stands with its log, and reads both without a copy: SQLite keeps the log's index in its own memory when a
 * connection has the file for itself (sqlite.org/wal.html, 8), and this kind of access takes no locks, which it could not take on a file
 * that is only read. No writer has the file open: one would have an index next to it.
 */
function openWithLog(file: string): Database.Database {
  if (sizeOf(file) === 0) checkVersion(null, file);
  const access = process.platform === 'win32' ? 'win32-none' : 'unix-none';
  const db = readOnly(`${pathToFileURL(path.resolve(file)).href}?vfs=${access}`, 'for itself');
  try {
    checkVersion(Number(db.pragma('user_version', { simple: true })), file);
    if (db.pragma('application_id', { simple: true }) !== applicationId) throw notOurs(file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readOnly(name: string, locks: 'shared' | 'for itself' = 'shared'): Database.Database {
  const db = new Database(name, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  if (locks === 'for itself') db.pragma('locking_mode = EXCLUSIVE');
  restrict(db);
  return db;
}

/**
 * Restricts what a file can do through a connection. better-sqlite3 has SQLITE_DBCONFIG_DEFENSIVE on, and does not offer
 * sqlite3_limit(); its heap limit has no effect, since SQLite is built without memory statistics.
 */
function restrict(db: Database.Database): void {
  for (const setting of [
    'query_only = ON',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'mmap_size = 0',
    'temp_store = MEMORY',
  ])
    db.pragma(setting);
}

function checkVersion(version: number | null, where: string): void {
  const known = latestVersion(migrations);
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
