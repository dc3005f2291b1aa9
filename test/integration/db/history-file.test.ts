import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { latestVersion, migrations } from '../../../db/migrations/migrations';
import { openHistory, openHistoryReadOnly } from '../../../db/open-history';
import { fileProcesses, workersUrl } from '../../fixtures/history/built-workers';
import { aFailover, noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

const known = latestVersion(migrations);

/** Makes a history with one failover in it, closed. */
async function aClosedHistory(): Promise<string> {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const history = await openHistory({ file, workersUrl, nowMs: () => noonMs });
  await history.write({ spans: [], samples: [], events: [aFailover('fra', noonMs)] });
  await history.close();
  return file;
}

function alter(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function sqlOf(file: string, name: string): string {
  const db = new Database(file, { readonly: true });
  const sql = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name);
  db.close();
  return String(sql);
}

/** All that must stay as it was: every file of the folder, its bytes and its time. */
function folderState(file: string): Record<string, [bytes: string, mtimeMs: number]> {
  const folder = path.dirname(file);
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      const at = path.join(folder, name);
      return [name, [readFileSync(at).toString('latin1'), statSync(at).mtimeMs]];
    }),
  );
}

describe('A history file', () => {
  it('is one plain file once closed', async () => {
    const file = await aClosedHistory();
    expect(readdirSync(path.dirname(file)).sort()).toEqual(['history.sqlite', 'history.sqlite.lock']);
  });

  it.each([
    ['opened', openHistory],
    ['opened for reading', openHistoryReadOnly],
  ])('from a newer Heron is refused untouched when %s', async (_how, open) => {
    const file = await aClosedHistory();
    alter(file, 'PRAGMA user_version = 99');
    const before = folderState(file);
    const opening = open({ file, workersUrl, workers: fileProcesses });
    await expect(opening).rejects.toMatchObject({ failure: { code: 'newer-file', where: file } });
    await expect(opening).rejects.toThrow(
      new RegExp(`version 99; this Heron knows versions up to ${known}\\..*newer Heron`),
    );
    expect(folderState(file)).toEqual(before);
  });

  it('is known as newer even while its version is in the log only', async () => {
    const file = await aClosedHistory();
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('user_version = 99');
    const copy = path.join(temporaryFolder(), 'copy.sqlite');
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    db.close();
    const before = folderState(copy);
    expect(readFileSync(copy).readUInt32BE(60)).toBe(known);
    await expect(openHistory({ file: copy, workersUrl })).rejects.toMatchObject({
      failure: { code: 'newer-file' },
    });
    expect(folderState(copy)).toMatchObject(before);
  });

  it.each([
    [
      'a text',
      (file: string) => writeFileSync(file, 'not a database at all, but long enough to be looked at'),
    ],
    [
      'another program’s SQLite file',
      (file: string) => alter(file, 'CREATE TABLE theirs (x); PRAGMA user_version = 1'),
    ],
  ])('is not made of %s', async (_what, make) => {
    const file = path.join(temporaryFolder(), 'theirs.sqlite');
    make(file);
    const before = folderState(file);
    await expect(openHistory({ file, workersUrl })).rejects.toMatchObject({
      failure: { code: 'not-a-history' },
    });
    expect(folderState(file)).toEqual(before);
  });

  it('cannot be where no folder is, or where no file can be made', async () => {
    const nowhere = path.join(temporaryFolder(), 'no', 'such', 'folder.sqlite');
    await expect(openHistory({ file: nowhere, workersUrl })).rejects.toMatchObject({
      failure: { code: 'not-writable', where: nowhere },
    });
    await expect(openHistory({ file: temporaryFolder(), workersUrl })).rejects.toThrow(/cannot be opened/);
  });

  it('that is missing cannot be read, and is not made', async () => {
    const file = path.join(temporaryFolder(), 'none.sqlite');
    await expect(openHistoryReadOnly({ file, workers: fileProcesses })).rejects.toThrow(/missing or empty/);
    expect(existsSync(file)).toBe(false);
  });

  it('can be read from a copy, and the copy stays as it is', async () => {
    const file = await aClosedHistory();
    const copy = path.join(temporaryFolder(), 'copy.sqlite');
    copyFileSync(file, copy);
    const before = folderState(copy);
    const history = await openHistoryReadOnly({ file: copy, workers: fileProcesses });
    expect(await history.lastFailovers()).toEqual({ fra: { id: 1, event: aFailover('fra', noonMs) } });
    await history.close();
    expect(folderState(copy)).toEqual(before);
  });

  it('says which event cannot be read when someone has altered it', async () => {
    const file = await aClosedHistory();
    const trigger = sqlOf(file, 'events_keep_update');
    alter(file, `DROP TRIGGER events_keep_update; UPDATE events SET body = '{"type":"nothing"}'; ${trigger}`);
    const history = await openHistoryReadOnly({ file, workers: fileProcesses });
    const reading = history.events({ clusterId: null, types: null, beforeId: null, limit: 10 });
    await expect(reading).rejects.toMatchObject({ failure: { code: 'damaged', where: file } });
    await expect(reading).rejects.toThrow(/Event 1 cannot be read/);
    await history.close();
  });

  it('refuses a question of the wrong shape', async () => {
    const file = await aClosedHistory();
    const history = await openHistoryReadOnly({ file, workers: fileProcesses });
    const wrong = {
      edgeIds: ['e'],
      metric: 'edgeId; DROP TABLE' as 'cpuPercent',
      fromMs: 0,
      toMs: 1,
      points: 1,
    };
    await expect(history.series(wrong)).rejects.toMatchObject({ failure: { code: 'bad-request' } });
    await history.close();
  });
});
