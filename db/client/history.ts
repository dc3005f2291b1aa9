import type { RecordedEvent } from '../../domain/model/event';
import type { Inventory } from '../../domain/inventory/inventory';
import type { HistoryCare, HistoryProofStatus } from '../../domain/model/snapshot';
import type { HistoryBatch } from '../model/history-batch';
import type { HistoryQueryMethods } from '../query/history-queries';

/** The status of writing. Of `failing`, `words` give the reason. Pending batches are bounded, dropped ones counted. */
export interface HistoryWriteStatus {
  state: 'writing' | 'failing';
  words: string;
  waitingBatches: number;
  droppedBatches: number;
  sizeBytes: number | null;
  lastWriteMs: number | null;
  /** The state of the file itself; null: nothing to report. */
  care: HistoryCare | null;
  /** Whether it is signed and anchored; null when neither was requested. */
  proof: HistoryProofStatus | null;
}

/** The past, from the live file or any copy: every query of history-queries.ts as a method. */
export type HistoryReadable = HistoryQueryMethods & { close(): Promise<void> };

export interface HistoryWritable {
  /**
   * Submits a batch; the writer's thread commits batches in order. Resolves to the recorded events with their row numbers once
   * committed, however long that takes, or to none when the batch had to be dropped. Never rejects: a failed write shows in
   * `status()` and is retried.
   */
  write(batch: HistoryBatch): Promise<RecordedEvent[]>;
  /** Resolves when all pending batches are committed, or when one attempt failed: it never waits for a bad disk. */
  flush(): Promise<void>;
  /**
   * Stores a whole inventory as the new version, unless it equals the latest one. Rejects with a HistoryError when it is not an
   * inventory, or when it cannot be written now: it is not retried.
   */
  putInventory(inventory: Inventory, atMs: number): Promise<void>;
  /**
   * Commits pending batches, seals them and has the seal signed, so that a copy or incident file made next is proven to its end.
   * Rejects with a HistoryError when that cannot be written now; a failed signature shows in `status()`.
   */
  prove(): Promise<void>;
  status(): HistoryWriteStatus;
  /** Commits pending batches if possible, and closes the file. Later calls share the first result. */
  close(): Promise<void>;
}

/** A history for reading and writing: on SQLite in worker threads, or the fake in memory for tests. */
export type History = HistoryReadable & HistoryWritable;
