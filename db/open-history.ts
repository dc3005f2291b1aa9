import { ClockSteps } from './model/clock-steps';
import { HistoryError } from './model/history-error';
import { LiveWriter } from './client/live-writer';
import type { Commit, CommitResult } from './model/commit';
import type { History, HistoryReadable, HistoryWritable } from './client/history';
import type { Retention } from './retain/retention';
import { ProofService, type ProofOptions } from './client/proof-service';
import { ReadPool, type SlowQuery } from './client/read-pool';
import { asFolder, threadsIn, type Workers } from './threads/workers';
import { WriteQueue, type WriteQueueLimits } from './client/write-queue';

interface ReadOptions {
  /** The history file. */
  file: string;
  /** Readers; 2 by default. */
  readers?: number;
  /** Called for each query that took a reader more than 50 ms, for the log. */
  onSlowQuery?: (query: SlowQuery) => void;
}

export interface ReadOnlyOptions extends ReadOptions {
  /** Starts the readers: processes, unless this Heron writes the file itself. */
  workers: Workers;
}

export interface HistoryOptions extends ReadOptions {
  /** Folder of the built entries of db/workers. */
  workersUrl: URL;
  /** Heron's version, for the record of runs. */
  version?: string;
  /** UTC now, in milliseconds; the machine's clock by default. */
  nowMs?: () => number;
  /** A monotonic clock, milliseconds; the process's own by default. */
  monotonicMs?: () => number;
  /** How long each kind of data is retained; `defaultRetention` by default. */
  retention?: Retention;
  limits?: Partial<WriteQueueLimits>;
  /** Who signs the history, and where its heads are anchored. Without it the history is sealed but not signed. */
  proof?: ProofOptions;
}

/**
 * Opens a history for writing and reading, and creates the file if it does not exist. Each thread has its own connection; only this
 * call waits for the disk. Rejects with a HistoryError when the file is from a newer Heron (it is not changed), is being written by
 * another Heron, is not a history, or cannot be created.
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { file, version = 'unknown' } = options;
  const { nowMs, monotonicMs } = clocksOf(options);
  const workersUrl = asFolder(options.workersUrl);
  const readers = readPool({ ...options, workers: threadsIn(workersUrl) });
  const writer = new LiveWriter({
    file,
    workersUrl,
    version,
    ...{ nowMs, monotonicMs },
    retention: options.retention,
    whileUnread: (work) => readers.whileClosed(work),
  });
  try {
    await writer.open();
  } catch (error) {
    await Promise.all([writer.close(), readers.close()]);
    throw error;
  }
  const proofService =
    options.proof &&
    new ProofService({ ...options.proof, ask: (name, args) => writer.ask(name, args), nowMs });
  const clock = new ClockSteps(nowMs, monotonicMs);
  const commit = async (work: Commit): Promise<CommitResult> => {
    const clockSteps = clock.compare();
    const result = await writer.commit({ ...work, monotonicMs: monotonicMs(), clockSteps });
    clock.recorded(clockSteps);
    proofService?.committed(result.lastSealId);
    return result;
  };
  const queue = new WriteQueue({ commit, nowMs, after }, options.limits);
  const closeWriter = async (): Promise<void> => {
    await queue.drain();
    await writer.close();
  };
  await readers.open().catch(async (error: unknown) => {
    await closeWriter();
    throw error;
  });
  void proofService?.sign();
  const writing: HistoryWritable = {
    write: (batch) => queue.write(batch),
    flush: () => queue.flush(),
    putInventory: (inventory, atMs) => writer.putInventory({ inventory, atMs }),
    prove: async () => {
      await queue.flush();
      await writer.seal();
      await proofService?.sign();
    },
    status: () => ({ ...queue.status(), care: writer.care, proof: proofService?.status() ?? null }),
    // Readers first, so that the writer, closing last, leaves one plain file.
    close: async () => {
      await queue.drain();
      await readers.close();
      if (proofService) await writer.end().then(() => proofService.sign(), ignoreRefusal);
      await closeWriter();
    },
  };
  let closed: Promise<void> | null = null;
  return { ...readers.queries, ...writing, close: () => (closed ??= writing.close()) };
}

/**
 * Opens a history for reading only: a copied file, or one that a Heron is writing. Does not change the file. Rejects with a
 * HistoryError when it is missing, newer, older, or not a history.
 */
export async function openHistoryReadOnly(options: ReadOnlyOptions): Promise<HistoryReadable> {
  const readers = readPool(options);
  await readers.open();
  return { ...readers.queries, close: () => readers.close() };
}

function readPool({ file, workers, readers = 2, onSlowQuery }: ReadOnlyOptions): ReadPool {
  return new ReadPool({ file, workers, readers, onSlowQuery });
}

/** A test's clock is not compared with one that runs by itself. */
function clocksOf({ nowMs, monotonicMs }: HistoryOptions): {
  nowMs: () => number;
  monotonicMs: () => number;
} {
  return { nowMs: nowMs ?? Date.now, monotonicMs: monotonicMs ?? nowMs ?? (() => performance.now()) };
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

/** A failure at the end is in the status already, and the next opening finds the run unfinished. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof HistoryError)) throw error;
}
