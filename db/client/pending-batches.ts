import type { RecordedEvent } from '../../domain/model/event';
import type { BatchOutcome, LostTime, TimedBatch } from '../model/commit';
import type { SpanStart } from '../model/history-batch';

interface Item {
  batch: TimedBatch;
  resolve: (recorded: RecordedEvent[]) => void;
}

interface Limits {
  maxWaitingSamples: number;
  maxWaitingRows: number;
}

/**
 * Batches on their way to the file, oldest first. When too much is pending, the oldest samples are dropped first; spans and
 * events stay far longer, since they are few and an auditor needs them. Batches being committed are never dropped.
 */
export class PendingBatches {
  /** Batches whose samples, or all of which, were dropped. */
  dropped = 0;
  private items: Item[] = [];
  /** The number of first items that are being committed. */
  private committing = 0;
  private samples = 0;
  private rows = 0;
  private lost: { fromMs: number; lastDroppedMs: number } | null = null;
  private lostSpans = new Map<string, SpanStart>();
  /** When the last settled batch was submitted: lost time begins there. */
  private settledUntilMs: number | null = null;

  constructor(private readonly limits: Limits) {}

  get count(): number {
    return this.items.length;
  }

  add(batch: TimedBatch, resolve: Item['resolve']): void {
    this.items.push({ batch, resolve });
    this.samples += batch.samples.length;
    this.rows += rowsOf(batch);
    this.shed();
  }

  /** Begins a commit with the next batches, oldest first. They stay here until `settle` or `rollBack`. */
  begin(most: number): TimedBatch[] {
    this.committing = Math.min(most, this.items.length);
    return this.items.slice(0, this.committing).map((item) => item.batch);
  }

  /** The time lost since it was last recorded, or null. `words` are the reason. */
  lostTime(words: string): LostTime | null {
    if (!this.lost) return null;
    const { fromMs, lastDroppedMs } = this.lost;
    const next = this.items.find(({ batch }) => batch.atMs > lastDroppedMs);
    return {
      fromMs,
      toMs: next?.batch.atMs ?? lastDroppedMs,
      words: `${words} Readings were dropped.`,
      lostSpans: [...this.lostSpans.values()],
    };
  }

  /** The batches of `begin` are committed, and the lost time `recorded` with them. */
  settle(outcomes: BatchOutcome[], recorded: LostTime | null): void {
    const done = this.items.splice(0, this.committing);
    this.committing = 0;
    for (const [index, { batch, resolve }] of done.entries()) {
      this.samples -= batch.samples.length;
      this.rows -= rowsOf(batch);
      this.settledUntilMs = batch.atMs;
      const outcome = outcomes[index];
      resolve(outcome && 'recorded' in outcome ? outcome.recorded : []);
    }
    if (recorded) this.clearLost(recorded);
  }

  /** The batches of `begin` were not committed: they are pending again, and may be dropped. */
  rollBack(): void {
    this.committing = 0;
    this.shed();
  }

  /** Drops all pending batches. */
  dropAll(): void {
    this.dropped += this.items.filter(({ batch }) => rowsOf(batch) + batch.samples.length > 0).length;
    for (const { resolve } of this.items) resolve([]);
    this.items = [];
    this.samples = 0;
    this.rows = 0;
  }

  private shed(): void {
    while (this.samples > this.limits.maxWaitingSamples) {
      const index = this.oldestWith((batch) => batch.samples.length);
      if (index < 0) break;
      this.dropSamples(index);
    }
    while (this.rows > this.limits.maxWaitingRows) {
      const index = this.oldestWith(rowsOf);
      if (index < 0) break;
      this.dropRows(index);
    }
  }

  private oldestWith(count: (batch: TimedBatch) => number): number {
    return this.items.findIndex((item, at) => at >= this.committing && count(item.batch) > 0);
  }

  private dropSamples(index: number): void {
    const item = this.items[index];
    if (!item) return;
    this.dropped += 1;
    this.addLost(index, item.batch.atMs);
    this.samples -= item.batch.samples.length;
    item.batch = { ...item.batch, samples: [] };
    if (rowsOf(item.batch) === 0) this.remove(index, item);
  }

  private dropRows(index: number): void {
    const item = this.items[index];
    if (!item) return;
    if (item.batch.samples.length > 0) {
      this.dropped += 1;
      this.samples -= item.batch.samples.length;
    }
    this.addLost(index, item.batch.atMs);
    for (const span of item.batch.spans) this.lostSpans.set(`${span.kind} ${span.subjectId}`, span);
    this.rows -= rowsOf(item.batch);
    this.remove(index, item);
  }

  private remove(index: number, item: Item): void {
    this.items.splice(index, 1);
    item.resolve([]);
  }

  private addLost(index: number, atMs: number): void {
    const before = this.items[index - 1]?.batch.atMs ?? this.settledUntilMs ?? atMs;
    this.lost = {
      fromMs: Math.min(this.lost?.fromMs ?? before, before),
      lastDroppedMs: Math.max(this.lost?.lastDroppedMs ?? atMs, atMs),
    };
  }

  private clearLost(recorded: LostTime): void {
    for (const span of recorded.lostSpans) {
      const key = `${span.kind} ${span.subjectId}`;
      if (this.lostSpans.get(key) === span) this.lostSpans.delete(key);
    }
    const lastDroppedMs = this.lost?.lastDroppedMs ?? recorded.toMs;
    const grewSince = lastDroppedMs > recorded.toMs;
    this.lost = grewSince ? { fromMs: this.settledUntilMs ?? recorded.toMs, lastDroppedMs } : null;
  }
}

function rowsOf(batch: TimedBatch): number {
  return batch.spans.length + batch.events.length;
}
