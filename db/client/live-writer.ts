import type { HistoryCare } from '../../domain/model/snapshot';
import type { Commit, CommitResult } from '../model/commit';
import { HistoryError } from '../model/history-error';
import type { WriterCalls } from '../workers/writer-calls';
import type { Retention } from '../retain/retention';
import { ThreadClient } from '../threads/thread-client';
import { FileWatch } from './file-watch';

export interface LiveWriterOptions {
  file: string;
  workersUrl: URL;
  version: string;
  nowMs: () => number;
  retention: Retention | undefined;
  /** Does something to the file while no reader has it open. */
  whileUnread<T>(work: () => Promise<T>): Promise<T>;
}

const closeGraceMs = 5000;

type Thread = ThreadClient<WriterCalls>;

/**
 * The writer's thread with the file open, whatever happens to either. A thread that died is started again; a file whose log
 * was taken away is closed and opened again; a file that turns out to be damaged is salvaged, and writing goes on in what was
 * saved. The monitor's run goes on through all of it. Meanwhile what is to be written waits.
 */
export class LiveWriter {
  private thread: Thread;
  private opening: Promise<Thread> | null = null;
  /** The thread that has the file open. */
  private opened: Thread | null = null;
  /** The file must be closed and opened again, and why: for a damage its words, else null. */
  private due: { damage: string | null } | null = null;
  private readonly watch: FileWatch;

  /** Starts the thread, which loads at once and opens the file only when told to. */
  constructor(private readonly options: LiveWriterOptions) {
    this.thread = this.start();
    this.watch = new FileWatch(options.file, options.workersUrl, options.nowMs, (damage) => {
      this.due = { damage };
    });
  }

  /** What was found about the file itself; null: nothing that anybody needs to know. */
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

  /** Asks the thread about the proof of the history, or has it enter what was signed. */
  async ask<N extends 'proofState' | 'enterKey' | 'enterSignature'>(
    name: N,
    args: WriterCalls[N]['args'],
  ): Promise<WriterCalls[N]['result']> {
    return (await this.ready()).call(name, args);
  }

  /** Seals what is written by now. Rejects with a HistoryError. */
  async seal(): Promise<void> {
    await (await this.ready()).call('seal', { nowMs: this.options.nowMs() });
  }

  /** Ends the run and seals it; only a signature may follow, and `close`. Rejects with a HistoryError. */
  async end(): Promise<void> {
    await (await this.ready()).call('end', { nowMs: this.options.nowMs() });
  }

  /** Ends the run, closes the file and ends the thread; a check under way is given up. */
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
        // There is no room to salvage it now, say. What still can be written is worth writing.
        this.watch.notRecovered(error.failure.what);
        return this.openThread(null);
      }
    });
  }

  private async openThread(damage: string | null): Promise<Thread> {
    const { file, nowMs, version, retention } = this.options;
    if (!this.thread.alive) this.thread = this.start();
    const thread = this.thread;
    await thread.open({ file, nowMs: nowMs(), version, resume: this.opened !== null, damage, retention });
    const first = this.opened === null;
    this.opened = thread;
    const report = await thread.call('opened', null);
    if (first || damage !== null) this.watch.opened(report);
    return thread;
  }

  private start(): Thread {
    const { file, workersUrl } = this.options;
    return new ThreadClient(new URL('history-writer.js', workersUrl), { file }, file);
  }
}

/** A file that refuses to be closed is left as it is: the next opening finds the run unfinished, and says so. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof HistoryError)) throw error;
}
