import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations, type Migration } from '../../../../db/migrations/migrations';
import { WriterSession } from '../../../../db/write/writer-session';
import { aFlapping, aSample, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const next = migrations.length + 1;

/** A step that a later Heron might take. */
const laterStep: Migration = {
  version: next,
  name: 'later',
  sql: `ALTER TABLE edges ADD COLUMN note TEXT NOT NULL DEFAULT 'none';
        CREATE TABLE later AS SELECT count(*) AS samples FROM samples;`,
};

function open(file: string, nowMs: number, steps: readonly Migration[] = migrations): WriterSession {
  return WriterSession.open({ file, nowMs, version: 'test' }, steps);
}

/** A history of today's version with an event and two samples in it. */
function aHistory(): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const session = open(file, noonMs);
  const samples = [aSample('e1', noonMs), aSample('e2', noonMs)];
  session.commit({
    nowMs: noonMs,
    lost: null,
    batches: [{ atMs: noonMs, spans: [], events: [aFlapping('c', noonMs)], samples }],
  });
  session.close();
  return file;
}

function read<T>(file: string, sql: string): T[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], T>(sql).pluck().all();
  } finally {
    db.close();
  }
}

function backupsOf(file: string): string[] {
  return readdirSync(path.dirname(file)).filter((name) => name.includes('backup'));
}

describe('Migrations', () => {
  it('are numbered from 1 without holes', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('make a new file of the newest version, with nothing to back up', () => {
    const file = aHistory();
    expect(read(file, 'PRAGMA user_version')).toEqual([migrations.length]);
    expect(read(file, 'PRAGMA auto_vacuum')).toEqual([2]);
    expect(backupsOf(file)).toEqual([]);
  });

  it('take a file with data from the version before, and leave a backup of it', () => {
    const file = aHistory();
    const session = open(file, noonMs + 60_000, [...migrations, laterStep]);
    session.close();
    expect(read(file, 'PRAGMA user_version')).toEqual([next]);
    expect(read(file, 'SELECT samples FROM later')).toEqual([2]);
    expect(read(file, 'SELECT note FROM edges')).toEqual(['none', 'none']);
    expect(read(file, 'SELECT type FROM events ORDER BY id')).toEqual(['flapping', 'gap']);

    expect(backupsOf(file)).toEqual([`history.sqlite.v${next - 1}-20261122T120100Z.backup`]);
    const backup = path.join(path.dirname(file), backupsOf(file)[0]!);
    expect(read(backup, 'PRAGMA user_version')).toEqual([next - 1]);
    expect(read(backup, 'PRAGMA integrity_check')).toEqual(['ok']);
    expect(read(backup, 'SELECT type FROM events ORDER BY id')).toEqual(['flapping']);
    expect(read(backup, 'SELECT count(*) FROM samples')).toEqual([2]);
    // The backup is a history of its own: the Heron before can go back to it.
    open(backup, noonMs + 120_000).close();
  });

  it('leave everything at the version before when a step fails, and can be tried again', () => {
    const file = aHistory();
    const broken: Migration = { ...laterStep, sql: `${laterStep.sql} INSERT INTO nowhere VALUES (1);` };
    expect(() => open(file, noonMs + 60_000, [...migrations, broken])).toThrow(/nowhere/);
    expect(read(file, 'PRAGMA user_version')).toEqual([next - 1]);
    expect(read(file, "SELECT name FROM sqlite_schema WHERE name = 'later'")).toEqual([]);
    expect(read(file, 'SELECT type FROM events')).toEqual(['flapping']);
    open(file, noonMs + 120_000, [...migrations, laterStep]).close();
    expect(read(file, 'PRAGMA user_version')).toEqual([next]);
  });

  it('do nothing to a file that is up to date', () => {
    const file = aHistory();
    open(file, noonMs + 60_000).close();
    expect(backupsOf(file)).toEqual([]);
  });
});
