import type { HistoryCare } from '../../domain/model/snapshot';
import type { Commit, CommitResult } from '../model/commit';
import { HistoryError } from '../model/history-error';
import type { WriterCalls } from '../workers/writer-calls';
import type { Retention } from '../retain/retention';
import { WorkerClient } from '../threads/worker-client';
import { threadsIn } from '../threads/workers';
import { FileWatch } from './file-watch';

export interface LiveWriterOptions {
  file: string;
  workersUrl: URL;
  version: string;
  nowMs: () => number;
  monotonicMs: () => number;
  retention: Retention | undefined;
  /** Runs `work` while no reader has the file open. */
  whileUnread<T>(work: () => Promise<T>): Promise<T>;
}

const closeGraceMs = 5000;

type Thread = WorkerClient<WriterCalls>;

/**
 * Keeps the writer's thread alive with the file open. A thread that died is restarted; a file whose write-ahead log was removed
 * is closed and reopened; a damaged file is salvaged, and writing continues in the salvaged one. The monitor's run continues
 * throughout, and commits wait.
 */
export class LiveWriter {
  private thread: Thread;
  private opening: Promise<Thread> | null = null;
  /** The thread that has the file open. */
  private opened: Thread | null = null;
  /** Set when the file must be closed and reopened; `damage` describes a damage, else null. */
  private due: { damage: string | null } | null = null;
  private readonly watch: FileWatch;

  /** Starts the thread, which loads at once; it opens the file with `open`. */
  constructor(private readonly options: LiveWriterOptions) {
    this.thread = this.start();
    this.watch = new FileWatch(options.file, options.workersUrl, options.nowMs, (damage) => {
      this.due = { damage };
    });
  }

  /** The state of the file itself; null: nothing to report. */
  get care(): HistoryCare | null {
    return this.watch.care;
  }

  /** Opens the file, and recovers it where it is damaged. Rejects with a HistoryError. */
  async open(): Promise<void> {
    await this.ready();
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const thread = await this.ready();
    try {
      const { reopen, ...result } = await thread.call('commit', commit);
      if (reopen) this.due = { damage: null };
      return result;
    } catch (error) {
      if (error instanceof HistoryError && error.failure.code === 'damaged')
        this.due = { damage: error.failure.what };
      throw error;
    }
  }

  async putInventory(args: WriterCalls['putInventory']['args']): Promise<void> {
    await (await this.ready()).call('putInventory', args);
  }

  /** Reads the state of the proof from the thread, or makes it store a key or signature. */
  async ask<N extends 'proofState' | 'enterKey' | 'enterSignature'>(
    name: N,
    args: WriterCalls[N]['args'],
  ): Promise<WriterCalls[N]['result']> {
    return (await this.ready()).call(name, args);
  }

  /** Seals what is written so far. Rejects with a HistoryError. */
  async seal(): Promise<void> {
    await (await this.ready()).call('seal', { nowMs: this.options.nowMs() });
  }

  /** Ends the run and seals it; only a signature may follow, and `close`. Rejects with a HistoryError. */
  async end(): Promise<void> {
    await (await this.ready()).call('end', { nowMs: this.options.nowMs() });
  }

  /** Ends the run, closes the file and ends the thread; a running check is cancelled. */
  async close(): Promise<void> {
    await this.watch.stop();
    if (this.thread.alive) await this.thread.call('close', null).catch(ignoreRefusal);
    await this.thread.end(closeGraceMs);
  }

  private ready(): Promise<Thread> {
    if (this.due === null && this.opened === this.thread && this.thread.alive)
      return Promise.resolve(this.thread);
    this.opening ??= this.openOrReopen().finally(() => (this.opening = null));
    return this.opening;
  }

  private async openOrReopen(): Promise<Thread> {
    const due = this.due;
    if (due === null) return this.openThread(null);
    return this.options.whileUnread(async () => {
      if (this.thread.alive) await this.thread.call('leave', null).catch(ignoreRefusal);
      await this.thread.end(closeGraceMs);
      this.due = null;
      if (due.damage !== null) this.watch.recovering(due.damage);
      try {
        return await this.openThread(due.damage);
      } catch (error) {
        if (due.damage === null || !(error instanceof HistoryError)) throw error;
        // For example, the disk has no room to salvage it now. What can still be written is worth writing.
        this.watch.notRecovered(error.failure.what);
        return this.openThread(null);
      }
    });
  }

  private async openThread(damage: string | null): Promise<Thread> {
    const { file, nowMs, monotonicMs, version, retention } = this.options;
    if (!this.thread.alive) this.thread = this.start();
    const thread = this.thread;
    const times = { nowMs: nowMs(), monotonicMs: monotonicMs() };
    await thread.open({ file, ...times, version, resume: this.opened !== null, damage, retention });
    const first = this.opened === null;
    this.opened = thread;
    const report = await thread.call('opened', null);
    if (first || damage !== null) this.watch.opened(report);
    return thread;
  }

  private start(): Thread {
    const { file, workersUrl } = this.options;
    return new WorkerClient(threadsIn(workersUrl).start('history-writer.js', { file }, { file }));
  }
}

/** A file that cannot be closed is left as it is: the next opening finds the run unfinished, and reports it. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof HistoryError)) throw error;
}
