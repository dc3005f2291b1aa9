import { describe, expect, it } from 'vitest';
import type { Commit, CommitResult } from '../../../../db/model/commit';
import type { HistoryBatch, SpanStart } from '../../../../db/model/history-batch';
import { WriteQueue, type WriteQueueLimits } from '../../../../db/client/write-queue';
import { aFlapping, aSample } from '../../../fixtures/history/history-entries';

/** A writer's thread by hand: each commit waits until the test says how it ends; time and timers are the test's too. */
class HandWriter {
  nowMs = 1000;
  readonly commits: Commit[] = [];
  readonly delays: number[] = [];
  private timer: (() => void) | null = null;
  private settle: ((error: Error | null) => void) | null = null;
  private nextId = 1;
  refuse: string | null = null;

  queue(limits: Partial<WriteQueueLimits> = {}): WriteQueue {
    return new WriteQueue(
      {
        nowMs: () => this.nowMs,
        commit: (commit) => this.commit(commit),
        after: (delayMs, callback) => {
          this.delays.push(delayMs);
          this.timer = callback;
          return () => (this.timer = null);
        },
      },
      limits,
    );
  }

  /** Ends the commit under way and lets the queue see it. */
  async end(error: string | null = null): Promise<void> {
    const settle = this.settle;
    if (!settle) throw new Error('no commit is under way');
    this.settle = null;
    settle(error === null ? null : new Error(error));
    await turn();
  }

  async ring(): Promise<void> {
    const timer = this.timer;
    if (!timer) throw new Error('no retry is due');
    this.timer = null;
    timer();
    await turn();
  }

  get last(): Commit {
    return this.commits.at(-1)!;
  }

  private commit(commit: Commit): Promise<CommitResult> {
    this.commits.push(structuredClone(commit));
    return new Promise((resolve, reject) => {
      this.settle = (error) => {
        if (error) return reject(error);
        const outcomes = commit.batches.map(({ events }) =>
          this.refuse === null
            ? { recorded: events.map((event) => ({ id: this.nextId++, event })) }
            : { refused: this.refuse },
        );
        resolve({ outcomes, lastSealId: 0, upkeepFailure: null, sizeBytes: 4096 });
      };
    });
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function samples(count: number): HistoryBatch {
  return { spans: [], events: [], samples: Array.from({ length: count }, (_, n) => aSample(`e${n}`, 1000)) };
}

function role(state: 'master' | 'backup', fromMs: number): SpanStart {
  return { kind: 'lb-role', subjectId: 'e1', state, fromMs };
}

describe('WriteQueue', () => {
  it('commits one at a time, each taking all that waits, in order', async () => {
    const writer = new HandWriter();
    const queue = writer.queue();
    const written = [1, 2, 3].map((timeMs) =>
      queue.write({ spans: [], samples: [], events: [aFlapping('c', timeMs)] }),
    );
    expect(writer.commits.map(({ batches }) => batches.length)).toEqual([1]);
    expect(queue.status().waitingBatches).toBe(3);
    await writer.end();
    expect(writer.commits.map(({ batches }) => batches.length)).toEqual([1, 2]);
    await writer.end();
    const recorded = (await Promise.all(written)).flat();
    expect(recorded.map(({ id, event }) => [id, event.timeMs])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(queue.status()).toEqual({
      state: 'writing',
      words: 'History is written.',
      waitingBatches: 0,
      droppedBatches: 0,
      sizeBytes: 4096,
      lastWriteMs: 1000,
    });
  });

  it('shows a failure, tries again later and later, and loses nothing that fits', async () => {
    const writer = new HandWriter();
    const queue = writer.queue();
    const written = queue.write({ spans: [], samples: [], events: [aFlapping('c', 1)] });
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await writer.end('The disk is full.');
      expect(queue.status()).toMatchObject({
        state: 'failing',
        waitingBatches: 1,
        droppedBatches: 0,
        lastWriteMs: null,
      });
      expect(queue.status().words).toContain('The disk is full.');
      await writer.ring();
    }
    expect(writer.delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    await writer.end();
    expect(await written).toHaveLength(1);
    expect(writer.last.lost).toBeNull();
    expect(queue.status()).toMatchObject({ state: 'writing', words: 'History is written.' });
  });

  it('drops the oldest samples when too many wait, keeps their events, and records the gap once', async () => {
    const writer = new HandWriter();
    const queue = writer.queue({ maxWaitingSamples: 4 });
    void queue.write(samples(2));
    await writer.end();
    writer.nowMs = 2000;
    const event = queue.write({ ...samples(2), events: [aFlapping('c', 2000)] });
    await writer.end('The disk is full.');
    for (const nowMs of [3000, 4000, 5000]) {
      writer.nowMs = nowMs;
      void queue.write(samples(2));
    }
    expect(queue.status()).toMatchObject({ droppedBatches: 2, waitingBatches: 3 });
    await writer.ring();
    await writer.end();
    expect(await event).toHaveLength(1);
    const { lost, batches } = writer.last;
    // From the last batch that was written whole to the first that is again.
    expect(lost).toMatchObject({ fromMs: 1000, toMs: 4000, lostSpans: [] });
    expect(lost?.words).toContain('The disk is full.');
    expect(batches.map(({ atMs, samples: kept }) => [atMs, kept.length])).toEqual([
      [2000, 0],
      [4000, 2],
      [5000, 2],
    ]);
    void queue.write(samples(1));
    expect(writer.last.lost).toBeNull();
    await writer.end();
  });

  it('remembers only the latest of the spans it has to drop', async () => {
    const writer = new HandWriter();
    const queue = writer.queue({ maxWaitingRows: 1 });
    const first = queue.write({ spans: [role('master', 1)], samples: [], events: [] });
    await writer.end('The disk is full.');
    const second = queue.write({ spans: [role('backup', 2)], samples: [], events: [] });
    const third = queue.write({ spans: [], samples: [], events: [aFlapping('c', 3)] });
    expect(await Promise.all([first, second])).toEqual([[], []]);
    await writer.ring();
    expect(writer.last.lost?.lostSpans).toEqual([role('backup', 2)]);
    await writer.end();
    expect(await third).toHaveLength(1);
  });

  it('leaves what a commit has in hand alone, however much comes meanwhile', async () => {
    const writer = new HandWriter();
    const queue = writer.queue({ maxWaitingSamples: 3 });
    void queue.write(samples(3));
    void queue.write(samples(1));
    writer.nowMs = 2000;
    void queue.write(samples(1));
    expect(queue.status()).toMatchObject({ waitingBatches: 1, droppedBatches: 2 });
    await writer.end();
    expect(queue.status().waitingBatches).toBe(0);
    writer.nowMs = 9000;
    void queue.write(samples(1));
    expect(writer.last.lost).toMatchObject({ fromMs: 1000, toMs: 9000 });
    await writer.end();
  });

  it('does not hold the queue up for a batch that can never be written', async () => {
    const writer = new HandWriter();
    const queue = writer.queue();
    writer.refuse = 'cpuPercent is NaN';
    const refused = queue.write(samples(1));
    await writer.end();
    expect(await refused).toEqual([]);
    expect(queue.status()).toMatchObject({ state: 'writing', droppedBatches: 1, waitingBatches: 0 });
    expect(queue.status().words).toContain('cpuPercent is NaN');
  });

  it('flushes with one try: it waits for commits, but not for a disk that refuses', async () => {
    const writer = new HandWriter();
    const queue = writer.queue();
    const written = queue.write(samples(1));
    void queue.write(samples(1));
    const good = queue.flush();
    await writer.end();
    await writer.end();
    await good;
    expect(await written).toEqual([]);
    void queue.write(samples(1));
    await writer.end('The disk is full.');
    const bad = queue.flush();
    expect(writer.commits).toHaveLength(4);
    await writer.end('The disk is full.');
    await bad;
    expect(queue.status()).toMatchObject({ state: 'failing', waitingBatches: 1, droppedBatches: 0 });
    await writer.ring();
    await writer.end();
    expect(queue.status()).toMatchObject({ state: 'writing', waitingBatches: 0 });
    await queue.flush();
  });

  it('commits what waits when drained, and gives up at the first failure', async () => {
    const writer = new HandWriter();
    const queue = writer.queue();
    const inHand = queue.write(samples(1));
    const waiting = queue.write({ spans: [], samples: [], events: [aFlapping('c', 1)] });
    const drained = queue.drain();
    await writer.end();
    await writer.end('The disk is full.');
    await drained;
    expect(await Promise.all([inHand, waiting])).toEqual([[], []]);
    expect(queue.status()).toMatchObject({ state: 'failing', waitingBatches: 0, droppedBatches: 1 });
    expect(await queue.write(samples(1))).toEqual([]);
    expect(writer.commits).toHaveLength(2);
  });
});
