import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { openHistory } from '../../../db/open-history';
import { systemClock } from '../../../monitor/base/clock';
import { startPipeline } from '../../../monitor/pipeline/pipeline';
import { column, makeHistory } from '../../fixtures/history-faults/damage';
import { aTurn, untilWriting } from '../../fixtures/history-faults/turns';
import { workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';
import { FakeSource } from '../../fixtures/sources/fake-source';

const laterMs = noonMs + 3_600_000;

/** Takes every right to the file away from all others, until told to let go. */
function lockExclusively(file: string): () => void {
  const other = new Database(file);
  other.exec('BEGIN EXCLUSIVE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

describe('A history locked by another program', () => {
  it('at the start is refused in words, unchanged, and opens once it is let go', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    makeHistory(file, 20);
    const letGo = lockExclusively(file);
    await expect(openHistory({ file, workersUrl, nowMs: () => laterMs })).rejects.toMatchObject({
      failure: {
        code: 'not-writable',
        what: expect.stringMatching(/Another program holds the history file locked/),
      },
    });
    letGo();
    expect(column(file, 'SELECT count(*) FROM events')).toEqual([20]);
    const history = await openHistory({ file, workersUrl, nowMs: () => laterMs });
    expect(await history.write(aTurn(laterMs))).toHaveLength(1);
    await history.close();
  });

  it('while running is shown; what waits is written once it is let go, and nothing is lost', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    let nowMs = noonMs;
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs });
    await history.write(aTurn(nowMs));
    const letGo = lockExclusively(file);
    const waiting = [1, 2, 3].map((turn) => {
      nowMs = noonMs + turn * 1000;
      return history.write(aTurn(nowMs));
    });
    await untilWriting(history, 'failing');
    expect(history.status()).toMatchObject({
      words: expect.stringMatching(/not written\. Another program holds the history file locked/),
      waitingBatches: 3,
      care: null,
    });
    letGo();
    await untilWriting(history, 'writing');
    expect((await Promise.all(waiting)).flat().map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(history.status().droppedBatches).toBe(0);
    await history.close();
    expect(column(file, 'SELECT count(*) FROM samples')).toEqual([80]);
  });
});

describe('A disk so slow that no write ends', () => {
  it('delays no poll: edges are read all the while, and all of it is written afterwards', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const history = await openHistory({ file, workersUrl });
    const cluster = {
      name: 'fra-01',
      clusterIp: '10.0.0.100',
      subnetMask: '255.255.255.0',
      defaultGateway: '10.0.0.1',
      edges: [1, 2].map((n) => ({
        name: `e${n}`,
        proxyIp: `10.0.0.1${n}`,
        snmp: { credential: 'noc' },
        http: {},
      })),
    };
    const source = new FakeSource(systemClock);
    const pipeline = await startPipeline({
      inventory: identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null),
      source,
      history,
      clock: systemClock,
      healthIntervalMs: 200,
      roleIntervalMs: 100,
      version: 'test',
      random: () => 0.5,
    });
    const untilReads = async (count: number): Promise<void> => {
      const deadline = Date.now() + 20_000;
      while (source.reads.length < count) {
        if (Date.now() > deadline) throw new Error(`only ${source.reads.length} reads`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await untilReads(4);
    await history.flush();
    // A transaction of somebody else's that does not end: the writer's thread stands still in its own commit.
    const letGo = lockExclusively(file);
    const lockedFrom = source.reads.length;
    await untilReads(lockedFrom + 60);
    expect(pipeline.snapshot().monitor).toMatchObject({ state: expect.stringMatching(/ok|starting/) });
    expect(pipeline.snapshot().monitor.lagMs).toBeLessThan(1000);
    letGo();
    await pipeline.stop();
    await untilWriting(history, 'writing');
    await history.flush();
    expect(history.status()).toMatchObject({ waitingBatches: 0, droppedBatches: 0 });
    await history.close();
    const healthReads = source.reads.filter(({ kind }) => kind === 'health').length;
    const [samples = 0] = column<number>(file, 'SELECT count(*) FROM samples');
    // The last polls may still have been on their way when it was stopped.
    expect(samples).toBeGreaterThanOrEqual(healthReads - 2);
    expect(column(file, "SELECT count(*) FROM events WHERE type = 'gap'")).toEqual([0]);
  });
});
