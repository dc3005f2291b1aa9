import { Worker } from 'node:worker_threads';
import { allowUriNames } from '../file/uri-names';
import { HistoryError, type HistoryFailure } from '../model/history-error';
import type { Answer, Calls } from './calls';

allowUriNames();

interface Pending {
  name: string;
  resolve: (result: unknown) => void;
  reject: (error: HistoryError) => void;
}

/** V8's young generation in a thread, megabytes. */
const youngMb = 8;

/**
 * The client of a worker thread that serves calls. When the thread ends by itself, pending calls reject (`thread-ended`); it is
 * not restarted here.
 */
export class ThreadClient<C extends Calls<C>> {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly exited: Promise<void>;
  private nextId = 0;
  private opening: Promise<void> | null = null;
  private ended: HistoryFailure | null = null;

  /**
   * Starts the thread, which then waits for `open`. `file` names the history in failures; `onAnswered` is called with the time
   * each call took in the thread.
   */
  constructor(
    entry: URL,
    workerData: unknown,
    private readonly file: string,
    private readonly onAnswered: (name: string, durationMs: number) => void = () => undefined,
  ) {
    // Batches are short-lived: room for a few is enough, where V8 would reserve 48 MB.
    this.worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error) => this.fail(error.message || error.name));
    this.exited = new Promise((resolve) => {
      this.worker.once('exit', (code) => {
        this.fail(`it ended with code ${code}`);
        resolve();
      });
    });
  }

  /** True while the thread can be called. */
  get alive(): boolean {
    return this.ended === null;
  }

  /** The number of pending calls. */
  get load(): number {
    return this.pending.size;
  }

  /** Calls the thread. Rejects with a HistoryError. */
  call<N extends keyof C & string>(name: N, args: C[N]['args']): Promise<C[N]['result']> {
    return this.ask(name, args) as Promise<C[N]['result']>;
  }

  /** Makes the thread open its history, once: later calls share the first result. Rejects with a HistoryError. */
  open(args: unknown): Promise<void> {
    this.opening ??= this.ask('open', args).then(() => undefined);
    return this.opening;
  }

  private ask(name: string, args: unknown): Promise<unknown> {
    if (this.ended) return Promise.reject(new HistoryError(this.ended));
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { name, resolve, reject });
      this.worker.postMessage({ id, name, args });
    });
  }

  /** Resolves when the thread has ended; ends it by force when it has not within `graceMs`. */
  async end(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), graceMs);
    });
    if ((await Promise.race([this.exited, late])) === 'late') await this.worker.terminate();
    clearTimeout(timer);
  }

  private settle(answer: Answer): void {
    const waiting = this.pending.get(answer.id);
    if (!waiting) return;
    this.pending.delete(answer.id);
    this.onAnswered(waiting.name, answer.durationMs);
    if ('failure' in answer) waiting.reject(new HistoryError(answer.failure));
    else waiting.resolve(answer.result);
  }

  private fail(words: string): void {
    this.ended ??= {
      code: 'thread-ended',
      what: `A history thread ended: ${words}.`,
      where: this.file,
      todo: 'Heron restarts it and continues; if this repeats, please report it.',
    };
    const error = new HistoryError(this.ended);
    for (const waiting of this.pending.values()) waiting.reject(error);
    this.pending.clear();
  }
}
