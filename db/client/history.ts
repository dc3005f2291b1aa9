import type { RecordedEvent } from '../../domain/model/event';
import type { Inventory } from '../../domain/inventory/inventory';
import type { HistoryCare, HistoryProofStatus } from '../../domain/model/snapshot';
import type { HistoryBatch } from '../model/history-batch';
import type { HistoryQueryMethods } from '../query/history-queries';

/** How writing goes. `failing` says why in words; what waits is bounded, what was dropped is counted. */
export interface HistoryWriteStatus {
  state: 'writing' | 'failing';
  words: string;
  waitingBatches: number;
  droppedBatches: number;
  sizeBytes: number | null;
  lastWriteMs: number | null;
  /** What was found about the file itself; null when it gave no reason to look at it. */
  care: HistoryCare | null;
  /** Whether it is signed and anchored; null when neither was asked for. */
  proof: HistoryProofStatus | null;
}

/** The past, from the live file or any copy: every query of history-queries.ts as a method. */
export type HistoryReadable = HistoryQueryMethods & { close(): Promise<void> };

export interface HistoryWritable {
  /**
   * Hands a batch over and returns at once; the writer's own thread commits it in order. Resolves to the recorded events
   * with their row numbers once committed, however long that takes, or to none when the batch had to be dropped. Rejects
   * never: a failed write shows in `status()` and is tried again.
   */
  write(batch: HistoryBatch): Promise<RecordedEvent[]>;
  /** Resolves when what waits is committed, or as soon as one try at it has failed: it never waits for a bad disk. */
  flush(): Promise<void>;
  /**
   * Takes a whole inventory as the new version (older versions are kept; the same again is none). Rejects with a
   * HistoryError when it is not an inventory, or when it cannot be written now: it is not tried again.
   */
  putInventory(inventory: Inventory, atMs: number): Promise<void>;
  /**
   * Commits what waits, seals it and has it signed, so that a copy or a cut-out made next is proven to its end. Rejects with a
   * HistoryError when it cannot be written now; a signature that fails shows in `status()`.
   */
  prove(): Promise<void>;
  status(): HistoryWriteStatus;
  /** Commits what waits, if it can be, and closes the file. Asked again, it is the same closing. */
  close(): Promise<void>;
}

/** A history both ways: the real one on SQLite in worker threads, and the fake in memory for tests. */
export type History = HistoryReadable & HistoryWritable;
