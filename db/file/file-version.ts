import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { HistoryError } from '../model/history-error';

/** Marks a SQLite file as Heron's: "HERN" (PRAGMA application_id). */
export const applicationId = 0x4845524e;

const headerBytes = 100;
const magic = 'SQLite format 3\0';
const userVersionOffset = 60;
const applicationIdOffset = 68;

/**
 * The version of a history file, or null for a file that does not exist or is empty. Changes and creates nothing: the version
 * is read from the file's first 100 bytes (sqlite.org/fileformat.html#the_database_header). Only when the file has a
 * write-ahead log already does SQLite read both, read-only: the newest version may still be in the log, and in a process that
 * has the file open, closing a descriptor of our own would drop SQLite's locks (sqlite.org/howtocorrupt.html, 2.2). Throws a
 * HistoryError when the file is not a Heron history; `wanted` is the purpose, which decides its advice.
 */
export function readFileVersion(file: string, wanted: 'to read' | 'to write' = 'to read'): number | null {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const version = hasLog(file) ? readThroughLog(file) : readHeader(file);
  const todo = todoFor[wanted];
  if (version === null) throw notAHistory(file, 'This is not a SQLite file.', todo);
  if (version.applicationId !== applicationId) {
    throw notOurs(file, wanted);
  }
  return version.userVersion;
}

/** Throws a HistoryError when the file is newer than this Heron knows. */
export function refuseNewer(file: string, fileVersion: number, knownVersion: number): void {
  if (fileVersion <= knownVersion) return;
  throw new HistoryError({
    code: 'newer-file',
    what: `The history file has version ${fileVersion}; this Heron knows versions up to ${knownVersion}.`,
    where: file,
    todo: 'Open it with the newer Heron that wrote it, or choose another file. Nothing was changed.',
  });
}

const todoFor = {
  'to read': 'Choose a Heron history or incident file.',
  'to write': 'Choose a Heron history file, or a name that does not exist yet. Nothing was changed.',
} as const;

interface Version {
  userVersion: number;
  applicationId: number;
}

function hasLog(file: string): boolean {
  return existsSync(`${file}-shm`) || (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Null: not a SQLite file. */
function readHeader(file: string): Version | null {
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, magic.length) !== magic) return null;
  return {
    userVersion: header.readUInt32BE(userVersionOffset),
    applicationId: header.readUInt32BE(applicationIdOffset),
  };
}

function readThroughLog(file: string): Version {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return {
      userVersion: Number(db.pragma('user_version', { simple: true })),
      applicationId: Number(db.pragma('application_id', { simple: true })),
    };
  } finally {
    db.close();
  }
}

/** The error for a SQLite file of another program. */
export function notOurs(file: string, wanted: 'to read' | 'to write' = 'to read'): HistoryError {
  return notAHistory(file, 'This SQLite file was not made by Heron.', todoFor[wanted]);
}

/** The error for a file that is no history; `what` it is instead. */
export function notAHistory(file: string, what: string, todo: string): HistoryError {
  return new HistoryError({ code: 'not-a-history', what, where: file, todo });
}
