import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHistory, openHistoryReadOnly } from '../../../../db/open-history';
import { fileProcesses, workersUrl } from '../../../fixtures/history/built-workers';
import { aFailover, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const everything = { clusterId: null, types: null, beforeId: null, limit: 10 };

/** Copies of a history that is being written: with what its log has, and as backups take them, without. */
async function liveCopies(): Promise<{ withLog: string; withoutLog: string }> {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const history = await openHistory({ file, workersUrl, nowMs: () => noonMs });
  await history.write({ spans: [], samples: [], events: [aFailover('fra', noonMs)] });
  const withLog = path.join(temporaryFolder(), 'copy.sqlite');
  copyFileSync(file, withLog);
  copyFileSync(`${file}-wal`, `${withLog}-wal`);
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const withoutLog = path.join(temporaryFolder(), 'copy.sqlite');
  copyFileSync(file, withoutLog);
  await history.close();
  return { withLog, withoutLog };
}

function bytesBeside(file: string): Record<string, string> {
  const folder = path.dirname(file);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      `${statSync(path.join(folder, name)).mtimeMs} ${readFileSync(path.join(folder, name)).toString('base64')}`,
    ]),
  );
}

/** Reads from the file; while it is open, and afterwards, its folder is as it was. */
async function readsUntouched(file: string): Promise<void> {
  const before = bytesBeside(file);
  const history = await openHistoryReadOnly({ file, workers: fileProcesses });
  expect((await history.events(everything)).map(({ event }) => event)).toEqual([aFailover('fra', noonMs)]);
  expect(await history.coverage()).toEqual({ firstMs: noonMs, lastMs: noonMs });
  expect(bytesBeside(file)).toEqual(before);
  await history.close();
  expect(bytesBeside(file)).toEqual(before);
}

describe('A copied history', () => {
  it('in WAL mode without its log is read, and nothing is put beside it', async () => {
    const { withoutLog } = await liveCopies();
    expect(readFileSync(withoutLog)[19]).toBe(2);
    await readsUntouched(withoutLog);
  });

  it('with its log is read with what the log has, and nothing is put beside it', async () => {
    const { withLog } = await liveCopies();
    await readsUntouched(withLog);
  });

  it('in a folder with a name that a URI would read otherwise is read, too', async () => {
    const { withoutLog } = await liveCopies();
    const odd = path.join(temporaryFolder(), 'what? 100% #1 & more');
    mkdirSync(odd);
    const file = path.join(odd, 'history ?mode=rwc.sqlite');
    writeFileSync(file, readFileSync(withoutLog));
    await readsUntouched(file);
  });

  it.runIf(process.getuid?.() === 0)('on a read-only disk is read', async () => {
    const { withLog, withoutLog } = await liveCopies();
    for (const copy of [withLog, withoutLog]) {
      const folder = path.dirname(copy);
      execFileSync('mount', ['--bind', folder, folder]);
      onTestFinished(() => void execFileSync('umount', [folder]));
      execFileSync('mount', ['-o', 'remount,ro,bind', folder]);
      await readsUntouched(copy);
    }
  });
});
