import Database from 'better-sqlite3';
import { HistoryError } from '../history-error';
import { latestVersion, migrations } from '../migrations/migrations';
import { readFileVersion, refuseNewer } from './file-version';

/**
 * Opens a history for reading: the live one beside its writer, or any copied file, which stays as it is. Throws a
 * HistoryError when it is not there, is newer, or is older than this Heron reads.
 */
export function openReadable(file: string): Database.Database {
  const known = latestVersion(migrations);
  const version = readFileVersion(file);
  if (version === null) {
    throw new HistoryError({
      code: 'not-a-history',
      what: 'There is no history here: the file is missing or empty.',
      where: file,
      todo: 'Check the name.',
    });
  }
  refuseNewer(file, version, known);
  if (version < known) {
    throw new HistoryError({
      code: 'older-file',
      what: `The history file has version ${version}; this Heron reads version ${known}.`,
      where: file,
      todo: 'Copy it and open the copy for writing once (heron watch --db COPY), which brings it up to date.',
    });
  }
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  db.pragma('query_only = ON');
  return db;
}
