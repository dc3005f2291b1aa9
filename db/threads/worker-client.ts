import { HistoryError, type HistoryFailure } from '../model/history-error';
import type { Answer, Calls } from './calls';
import { StallTimer } from './stall-timer';
import type { RunningWorker } from './workers';

interface Pending {
  name: string;
  resolve: (result: unknown) => void;
  reject: (error: HistoryError) => void;
}

/**
 * The client of a worker that serves calls. When the worker ends by itself, or is ended since it made no progress, pending calls
 * reject; it is not restarted here.
 */
export class WorkerClient<C extends Calls<C>> {
  private readonly pending = new Map<number, Pending>();
  private readonly stall: StallTimer;
  private nextId = 0;
  private opening: Promise<void> | null = null;
  private failure: HistoryFailure | null = null;

  /** The worker waits for `open`. `onAnswered` is called with the time each call took in the worker. */
  constructor(
    private readonly worker: RunningWorker,
    private readonly onAnswered: (name: string, durationMs: number) => void = () => undefined,
  ) {
    this.stall = new StallTimer(worker.stallMs, () => worker.expire());
    worker.onMessage((message) => this.settle(message as Answer));
    worker.onEnd((failure) => this.fail(failure));
  }

  /** True while the worker can be called. */
  get alive(): boolean {
    return this.failure === null;
  }

  /** The number of pending calls. */
  get load(): number {
    return this.pending.size;
  }

  /** Calls the worker. Rejects with a HistoryError. */
  call<N extends keyof C & string>(name: N, args: C[N]['args']): Promise<C[N]['result']> {
    return this.ask(name, args) as Promise<C[N]['result']>;
  }

  /** Makes the worker open its history, once: later calls share the first result. Rejects with a HistoryError. */
  open(args: unknown): Promise<void> {
    this.opening ??= this.ask('open', args).then(
      () => undefined,
      (error: unknown) => {
        this.worker.release();
        throw error;
      },
    );
    return this.opening;
  }

  private ask(name: string, args: unknown): Promise<unknown> {
    if (this.failure) return Promise.reject(new HistoryError(this.failure));
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { name, resolve, reject });
      if (this.pending.size === 1) this.stall.restart();
      this.worker.post({ id, name, args });
    });
  }

  /** Resolves when the worker has ended; ends it by force when it has not within `graceMs`. */
  async end(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), graceMs);
    });
    if ((await Promise.race([this.worker.ended, late])) === 'late') await this.worker.kill();
    clearTimeout(timer);
  }

  private settle(answer: Answer): void {
    const waiting = this.pending.get(answer.id);
    if (!waiting) return;
    this.pending.delete(answer.id);
    if (this.pending.size > 0) this.stall.restart();
    else this.stall.stop();
    this.onAnswered(waiting.name, answer.durationMs);
    if ('failure' in answer) waiting.reject(new HistoryError(answer.failure));
    else waiting.resolve(answer.result);
    if (waiting.name === 'close') this.worker.release();
  }

  private fail(failure: HistoryFailure): void {
    this.stall.stop();
    this.failure ??= failure;
    const error = new HistoryError(this.failure);
    for (const waiting of this.pending.values()) waiting.reject(error);
    this.pending.clear();
  }
}
