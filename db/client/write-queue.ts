import type { RecordedEvent } from '../../domain/model/event';
import type { BatchOutcome, Commit, CommitResult } from '../model/commit';
import type { HistoryWriteStatus } from './history';
import type { HistoryBatch } from '../model/history-batch';
import { HistoryError } from '../model/history-error';
import { PendingBatches } from './pending-batches';

/** What the queue needs: the writer's thread and the clock. */
export interface WriteQueueDependencies {
  commit(commit: Commit): Promise<CommitResult>;
  nowMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface WriteQueueLimits {
  /** Samples that may be pending; beyond it the oldest are dropped and counted. */
  maxWaitingSamples: number;
  /** Spans and events that may be pending. They are small and matter most, so they outlive their samples. */
  maxWaitingRows: number;
}

const defaultLimits: WriteQueueLimits = { maxWaitingSamples: 200_000, maxWaitingRows: 20_000 };
const maxBatchesPerCommit = 100;
const firstRetryMs = 250;
const longestRetryMs = 15_000;

/**
 * Holds batches until the writer's thread has committed them: one commit at a time, each with all pending batches. A failed
 * commit is retried with growing delays; meanwhile the queue is bounded, and what it drops is counted and recorded as a gap by
 * the commit that succeeds.
 */
export class WriteQueue {
  private readonly pending: PendingBatches;
  private inProgress: Promise<void> | null = null;
  private cancelRetry: (() => void) | null = null;
  private retryMs = firstRetryMs;
  private failure: string | null = null;
  private refusedBatches = 0;
  private refusal = '';
  private refusedSamples = 0;
  private sampleRefusal = '';
  private upkeepFailure: string | null = null;
  private sizeBytes: number | null = null;
  private lastWriteMs: number | null = null;
  private accepting = true;

  constructor(
    private readonly parts: WriteQueueDependencies,
    limits: Partial<WriteQueueLimits> = {},
  ) {
    this.pending = new PendingBatches({ ...defaultLimits, ...limits });
  }

  /** As HistoryWritable.write. */
  write(batch: HistoryBatch): Promise<RecordedEvent[]> {
    if (!this.accepting) return Promise.resolve([]);
    return new Promise((resolve) => {
      this.pending.add({ ...batch, atMs: this.parts.nowMs() }, resolve);
      this.pump();
    });
  }

  /** The status of writing, without that of the file itself. */
  status(): Omit<HistoryWriteStatus, 'care' | 'proof'> {
    return {
      state: this.failure === null ? 'writing' : 'failing',
      words: this.words(),
      waitingBatches: this.pending.count,
      droppedBatches: this.pending.dropped + this.refusedBatches,
      sizeBytes: this.sizeBytes,
      lastWriteMs: this.lastWriteMs,
    };
  }

  /** As HistoryWritable.flush. */
  async flush(): Promise<void> {
    for (;;) {
      this.cancelRetry?.();
      this.cancelRetry = null;
      this.pump();
      if (!this.inProgress) return;
      await this.inProgress;
      if (this.failure !== null) return;
    }
  }

  /** Accepts no more batches and flushes; what cannot be written then is dropped. Every promise is settled afterwards. */
  async drain(): Promise<void> {
    this.accepting = false;
    await this.flush();
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.pending.dropAll();
  }

  private pump(): void {
    if (this.inProgress || this.cancelRetry || this.pending.count === 0) return;
    this.inProgress = this.commitOnce().finally(() => {
      this.inProgress = null;
      if (this.failure === null) this.pump();
      else this.retryLater();
    });
  }

  private retryLater(): void {
    this.cancelRetry = this.parts.after(this.retryMs, () => {
      this.cancelRetry = null;
      this.pump();
    });
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }

  private async commitOnce(): Promise<void> {
    const taken = this.pending.begin(maxBatchesPerCommit);
    const nowMs = this.parts.nowMs();
    const lost = this.pending.lostTime(this.failure ?? 'The disk was too slow.');
    try {
      const result = await this.parts.commit({ nowMs, lost, batches: taken });
      this.pending.settle(result.outcomes, lost);
      for (const outcome of result.outcomes) this.countRefused(outcome);
      this.upkeepFailure = result.upkeepFailure;
      this.sizeBytes = result.sizeBytes;
      this.lastWriteMs = nowMs;
      this.failure = null;
      this.retryMs = firstRetryMs;
    } catch (error) {
      this.pending.rollBack();
      this.failure = error instanceof HistoryError ? error.failure.what : String(error);
    }
  }

  private countRefused(outcome: BatchOutcome): void {
    if ('refused' in outcome) {
      this.refusedBatches += 1;
      this.refusal = outcome.refused;
    } else if (outcome.refusedSamples) {
      this.refusedSamples += outcome.refusedSamples.samples;
      this.sampleRefusal = outcome.refusedSamples.words;
    }
  }

  private words(): string {
    const dropped = this.pending.dropped;
    const parts = [
      this.failure === null ? 'History is written.' : `History is not written. ${this.failure}`,
      ...(dropped > 0 ? [`The readings of ${dropped} batches were dropped.`] : []),
      ...(this.refusedBatches > 0 ? [`${this.refusedBatches} batches were refused: ${this.refusal}`] : []),
      ...(this.refusedSamples > 0
        ? [`${this.refusedSamples} samples were refused: ${this.sampleRefusal}.`]
        : []),
      ...(this.upkeepFailure ? [`Finished hours cannot be sealed now: ${this.upkeepFailure}`] : []),
    ];
    return parts.join(' ');
  }
}
