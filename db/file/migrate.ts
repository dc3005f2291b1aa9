import type Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { latestVersion, type Migration } from '../migrations/migrations';
import { makeOwnerOnly } from './owner-only';
import { placeFile } from './place-file';
import { applicationId, refuseNewer } from './file-version';

/** What bringing a file up to date did. `backupFile` is null when the file was new or already up to date. */
export interface MigrationReport {
  fromVersion: number;
  toVersion: number;
  backupFile: string | null;
}

/**
 * Brings an open history up to the newest of `steps`: one transaction a step, so a failed or interrupted step leaves the
 * file at the step before. A file with content is first copied to `<file>.v<version>-<time>.backup`.
 * Throws a HistoryError for a newer file.
 */
export function migrate(db: Database.Database, steps: readonly Migration[], nowMs: number): MigrationReport {
  const fromVersion = Number(db.pragma('user_version', { simple: true }));
  const toVersion = latestVersion(steps);
  refuseNewer(db.name, fromVersion, toVersion);
  const missing = steps.filter((step) => step.version > fromVersion);
  const backupFile = fromVersion > 0 && missing.length > 0 ? backUp(db, fromVersion, nowMs) : null;
  for (const step of missing) {
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
  // Checkpointed at once, so that the file header alone shows the true version.
  if (missing.length > 0) db.pragma('wal_checkpoint(TRUNCATE)');
  return { fromVersion, toVersion, backupFile };
}

function backUp(db: Database.Database, version: number, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const backupFile = `${db.name}.v${version}-${stamp}.backup`;
  const unfinished = `${backupFile}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    // One consistent copy, log included, written to a name that cannot be taken for a finished backup.
    makeOwnerOnly(unfinished);
    db.prepare('VACUUM INTO ?').run(unfinished);
    placeFile(unfinished, backupFile, { replace: true });
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  return backupFile;
}
