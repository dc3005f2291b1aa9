import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHistory } from '../../../db/open-history';
import { column, query } from '../../fixtures/history-faults/damage';
import { aTurn } from '../../fixtures/history-faults/turns';
import { buildWritingProgram, writeUntilKilled } from '../../fixtures/history-faults/writing-program-process';
import { workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

const everything = { clusterId: null, types: null, beforeId: null, limit: 10_000 };

beforeAll(buildWritingProgram, 120_000);

describe('The log beside a history, removed', () => {
  it('while Heron runs: what was in it is moved into the file, writing and reading go on, a kill afterwards loses nothing', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'history.sqlite');
    let nowMs = noonMs;
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs });
    const write = async (): Promise<void> => {
      nowMs += 1000;
      expect(await history.write(aTurn(nowMs))).toHaveLength(1);
    };
    for (let turn = 0; turn < 5; turn += 1) await write();
    rmSync(`${file}-wal`);
    // The first write notices, the second is in the new log.
    for (let turn = 0; turn < 3; turn += 1) {
      await write();
      expect(await history.events(everything)).toHaveLength(6 + turn);
    }
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(history.status()).toMatchObject({ state: 'writing', droppedBatches: 0 });

    // As the files lie on the disk now, so a kill would leave them.
    const crash = path.join(temporaryFolder(), 'history.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${crash}${suffix}`);
    expect(column(crash, 'SELECT count(*) FROM events')).toEqual([8]);
    expect(column(crash, 'PRAGMA integrity_check')).toEqual(['ok']);

    await write();
    await history.close();
    expect(readdirSync(folder).sort()).toEqual(['history.sqlite', 'history.sqlite.lock']);
    expect(column(file, 'SELECT count(*) FROM events')).toEqual([9]);
    expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
    // It was one run all the time: states went on, and nobody speaks of a gap.
    expect(column(file, 'SELECT ended FROM monitor_runs')).toEqual(['closed']);
    expect(query(file, 'SELECT from_ms AS f, to_ms AS t FROM spans ORDER BY id LIMIT 8')).toEqual(
      Array.from({ length: 8 }, (_, n) => ({ f: noonMs + (n + 1) * 1000, t: noonMs + (n + 2) * 1000 })),
    );
  });

  it('after a kill: the file is sound as of its last checkpoint, and says that its log is missing', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    await writeUntilKilled(file, noonMs, { after: 'open', delayMs: 200 });
    rmSync(`${file}-wal`);
    rmSync(`${file}-shm`, { force: true });
    const nowMs = noonMs + 600_000;
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs });
    const [finding] = await history.events({ ...everything, types: ['finding'] });
    expect(finding?.event).toMatchObject({
      type: 'finding',
      reason: {
        code: 'history-log-missing',
        detail: expect.stringMatching(/history\.sqlite-wal was removed/),
      },
    });
    expect(await history.write(aTurn(nowMs))).toHaveLength(1);
    await history.close();
    expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
  });
});
