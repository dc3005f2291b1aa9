import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWritable } from '../../../../db/file/open-writable';
import { toHistoryFailure } from '../../../../db/file/sqlite-failure';
import type { HistoryWriteStatus } from '../../../../db/client/history';
import type { HistoryBatch } from '../../../../db/model/history-batch';
import { HistoryError } from '../../../../db/model/history-error';
import { migrations } from '../../../../db/migrations/migrations';
import { openHistory } from '../../../../db/open-history';
import { WriteQueue } from '../../../../db/client/write-queue';
import { WriterSession } from '../../../../db/write/writer-session';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { aFlapping, aSample, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const edgeIds = Array.from({ length: 200 }, (_, n) => `e${n}`);

function aTurn(nowMs: number): HistoryBatch {
  return {
    spans: [
      { kind: 'edge-health', subjectId: 'e1', state: nowMs % 2000 === 0 ? 'up' : 'down', fromMs: nowMs },
    ],
    events: [aFlapping('c', nowMs)],
    samples: edgeIds.map((id) => aSample(id, nowMs)),
  };
}

async function until(
  status: () => Pick<HistoryWriteStatus, 'state'>,
  state: HistoryWriteStatus['state'],
): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (status().state !== state) {
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(status())}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('Writing that fails', () => {
  it('is shown while another program holds the file locked, goes on by itself, and leaves a gap for what was dropped', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    let nowMs = noonMs;
    const limits = { maxWaitingSamples: 2 * edgeIds.length };
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, limits });
    await history.write(aTurn(nowMs));
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const written = [1, 2, 3, 4, 5].map((turn) => {
      nowMs = noonMs + turn * 1000;
      return history.write(aTurn(nowMs));
    });
    await until(history.status, 'failing');
    expect(history.status().words).toMatch(/Another program holds the history file locked/);
    // Reading goes on meanwhile.
    expect(await history.events({ clusterId: 'c', types: null, beforeId: null, limit: 10 })).toHaveLength(1);
    await expect(
      history.putInventory({ credentials: [], clusters: [], standaloneEdges: [] }, nowMs),
    ).rejects.toMatchObject({ failure: { code: 'not-writable' } });
    other.exec('ROLLBACK');
    other.close();

    expect((await Promise.all(written)).map((recorded) => recorded.length)).toEqual([1, 1, 1, 1, 1]);
    expect(history.status()).toMatchObject({ state: 'writing', waitingBatches: 0, droppedBatches: 3 });
    const [gap] = await history.events({ clusterId: null, types: ['gap'], beforeId: null, limit: 10 });
    expect(gap?.event).toMatchObject({
      type: 'gap',
      reason: 'history-not-written',
      fromMs: noonMs,
      toMs: noonMs + 4000,
      recordedAtMs: nowMs,
    });
    const series = await history.series({
      edgeIds: ['e7'],
      metric: 'sessions',
      fromMs: noonMs,
      toMs: noonMs + 6000,
      points: 6,
    });
    expect(series.byEdge['e7']?.avg).toEqual([420, null, null, null, 420, 420]);
    // Spans outlive their samples: the states were seen, only not written yet.
    expect(
      (await history.spans({ subjectIds: ['e1'], fromMs: 0, toMs: nowMs })).map((span) => span.fromMs),
    ).toEqual([0, 1, 2, 3, 4].map((turn) => noonMs + turn * 1000));
    await history.close();
  });

  it('on a full disk keeps what was committed, and takes the rest when there is space again', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const writable = openWritable(file, migrations, noonMs);
    const session = WriterSession.on(writable, { file, nowMs: noonMs, version: 'test' });
    let retry: (() => void) | null = null;
    let nowMs = noonMs;
    const queue = new WriteQueue({
      nowMs: () => nowMs,
      after: (_delayMs, callback) => {
        retry = callback;
        return () => (retry = null);
      },
      // As the writer's thread does it, but here, where the test can fill the disk.
      commit: async (commit) => {
        await Promise.resolve();
        try {
          return session.commit(commit);
        } catch (error) {
          throw new HistoryError(toHistoryFailure(error, file));
        }
      },
    });
    const committed = await queue.write(aTurn(nowMs));
    const pages = Number(writable.db.pragma('page_count', { simple: true }));
    writable.db.pragma(`max_page_count = ${pages + 1}`);
    const written = [1, 2, 3].map((turn) => {
      nowMs = noonMs + turn * 1000;
      return queue.write(aTurn(nowMs));
    });
    await until(() => queue.status(), 'failing');
    expect(queue.status().words).toMatch(/The disk is full\. SQLite says SQLITE_FULL/);
    expect(writable.db.prepare('SELECT id FROM events').pluck().all()).toEqual(committed.map(({ id }) => id));

    writable.db.pragma('max_page_count = 1000000');
    retry!();
    expect((await Promise.all(written)).flat().map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(queue.status()).toMatchObject({ state: 'writing', droppedBatches: 0 });
    expect(writable.db.prepare('SELECT count(*) FROM samples').pluck().get()).toBe(4 * edgeIds.length);
    expect(writable.db.pragma('integrity_check', { simple: true })).toBe('ok');
    session.close();
  });

  it('refuses a sample that cannot be right alone, says why, and writes all else of its batch', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const history = await openHistory({ file, workersUrl, nowMs: () => noonMs });
    const turn = aTurn(noonMs);
    const wrong = [aSample('e1', noonMs, { cpuPercent: Number.NaN }), aSample('e2', -1)];
    const recorded = await history.write({ ...turn, samples: [...wrong, ...turn.samples] });
    expect(recorded.map(({ id }) => id)).toEqual([1]);
    expect(history.status()).toMatchObject({ state: 'writing', droppedBatches: 0 });
    expect(history.status().words).toMatch(/2 samples were refused: cpuPercent is NaN/);
    await history.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM samples').pluck().get()).toBe(turn.samples.length);
    expect(db.prepare('SELECT count(*) FROM spans').pluck().get()).toBe(turn.spans.length);
    db.close();
  });

  it('refuses a batch that cannot be right, says why, and writes the next', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const history = await openHistory({ file, workersUrl });
    const wrong = { ...aTurn(noonMs), spans: [{ ...aTurn(noonMs).spans[0]!, subjectId: '' }] };
    const [refused, taken] = await Promise.all([history.write(wrong), history.write(aTurn(noonMs + 1000))]);
    expect(refused).toEqual([]);
    expect(taken.map(({ id }) => id)).toEqual([1]);
    expect(history.status()).toMatchObject({ state: 'writing', droppedBatches: 1 });
    expect(history.status().words).toMatch(/1 batches were refused: .*subjectId/);
    await history.close();
  });

  it('knows nothing of a subject between the last state written and the first that could be again', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const session = WriterSession.open({ file, nowMs: noonMs, version: 'test' });
    const at = (state: 'up' | 'down', second: number) =>
      ({ kind: 'edge-health', subjectId: 'e1', state, fromMs: noonMs + second * 1000 }) as const;
    const empty = { events: [], samples: [] };
    session.commit({
      nowMs: noonMs,
      lost: null,
      batches: [{ ...empty, atMs: noonMs, spans: [at('up', 0)] }],
    });
    const lost = {
      fromMs: noonMs + 2000,
      toMs: noonMs + 9000,
      words: 'The disk is full.',
      lostSpans: [at('down', 7)],
    };
    session.commit({ nowMs: noonMs + 9000, lost, batches: [] });
    session.close();
    const db = new Database(file, { readonly: true });
    expect(
      db.prepare('SELECT state, from_ms - ? AS from_ms, to_ms - ? AS to_ms FROM spans').all(noonMs, noonMs),
    ).toEqual([
      { state: 'up', from_ms: 0, to_ms: 2000 },
      { state: 'down', from_ms: 7000, to_ms: 7000 },
    ]);
    db.close();
  });
});
