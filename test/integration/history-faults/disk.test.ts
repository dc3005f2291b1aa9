import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../domain/model/event';
import { openHistory, openHistoryReadOnly } from '../../../db/open-history';
import { column, makeHistory } from '../../fixtures/history-faults/damage';
import { mountSmallDisk, needsRoot } from '../../fixtures/history-faults/small-disk';
import { aTurn, untilWriting } from '../../fixtures/history-faults/turns';
import { fileProcesses, workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';

const everything = { clusterId: null, types: null, beforeId: null, limit: 10_000 };

describe('A full disk', () => {
  it('is shown, keeps what was committed, and with space again the time that was dropped becomes a gap', async ({
    skip,
  }) => {
    const disk = mountSmallDisk(3072);
    if (disk === null) return skip(needsRoot);
    const file = path.join(disk.folder, 'history.sqlite');
    const ballast = path.join(disk.folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    let nowMs = noonMs;
    const limits = { maxWaitingSamples: 4000 };
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, limits });
    const answers: Promise<RecordedEvent[]>[] = [];
    let failingSinceMs: number | null = null;
    // Turns go on, as polls do, long after the disk is full.
    for (let turn = 1; failingSinceMs === null || nowMs < failingSinceMs + 20_000; turn += 1) {
      nowMs = noonMs + turn * 1000;
      answers.push(history.write(aTurn(nowMs, 400)));
      if (turn % 5 === 0) await history.flush();
      if (failingSinceMs === null && history.status().state === 'failing') failingSinceMs = nowMs;
      expect(turn).toBeLessThan(1000);
    }
    expect(history.status().words).toMatch(
      /History is not written\. The disk is full\. SQLite says SQLITE_FULL/,
    );
    expect(history.status().droppedBatches).toBeGreaterThan(0);
    // What was committed can be read all the while.
    expect((await history.events(everything)).length).toBeGreaterThan(0);

    rmSync(ballast);
    await untilWriting(history, 'writing');
    nowMs += 1000;
    answers.push(history.write(aTurn(nowMs)));
    await history.flush();
    const recorded = (await Promise.all(answers)).flat().map(({ id }) => id);
    const [gap] = await history.events({ ...everything, types: ['gap'] });
    expect(gap?.event).toMatchObject({
      type: 'gap',
      reason: 'history-not-written',
      words: expect.stringMatching(/disk is full.*Readings were dropped/),
    });
    await history.close();
    expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
    const ids = new Set(column<number>(file, 'SELECT id FROM events'));
    expect(recorded.filter((id) => !ids.has(id))).toEqual([]);
    // Events and states outlive their readings: none of them is missing.
    expect(recorded).toHaveLength(answers.length);
  });
});

describe('A disk that can only be read', () => {
  it('refuses a monitor in words and stays as it is; reading goes on', async ({ skip }) => {
    const disk = mountSmallDisk(16_384);
    if (disk === null) return skip(needsRoot);
    const file = path.join(disk.folder, 'history.sqlite');
    makeHistory(file, 50);
    const before = readFileSync(file);
    const names = readdirSync(disk.folder);
    disk.setReadOnly(true);
    await expect(openHistory({ file, workersUrl })).rejects.toMatchObject({
      failure: {
        code: 'not-writable',
        what: expect.stringMatching(/read-only|cannot be opened/),
        where: file,
      },
    });
    const reading = await openHistoryReadOnly({ file, workers: fileProcesses });
    expect(await reading.events(everything)).toHaveLength(50);
    await reading.close();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(disk.folder)).toEqual(names);

    disk.setReadOnly(false);
    const history = await openHistory({ file, workersUrl, nowMs: () => noonMs + 60_000 });
    expect(await history.write(aTurn(noonMs + 60_000))).toHaveLength(1);
    await history.close();
  });

  it('refuses to hold a new history', async ({ skip }) => {
    const disk = mountSmallDisk(1024);
    if (disk === null) return skip(needsRoot);
    disk.setReadOnly(true);
    const file = path.join(disk.folder, 'history.sqlite');
    await expect(openHistory({ file, workersUrl })).rejects.toMatchObject({
      failure: { code: 'not-writable' },
    });
    expect(readdirSync(disk.folder)).toEqual([]);
  });
});
