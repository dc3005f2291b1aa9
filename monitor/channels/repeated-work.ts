import type { Clock } from '../base/clock';

/** Work that is repeated at an interval, each time after the last one has ended. It must not reject. */
export class RepeatedWork {
  #cancel: (() => void) | null = null;
  #inFlight: Promise<void> | null = null;
  #isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly work: () => Promise<unknown>,
  ) {}

  /** Works now, and from now on. */
  start(): void {
    this.#arm(0);
  }

  /** Resolves once work that is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#inFlight;
  }

  #arm(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.clock.after(delayMs, () => {
      this.#inFlight = this.work().then(
        () => this.#arm(this.intervalMs),
        (fault: unknown) => {
          this.#arm(this.intervalMs);
          throw fault;
        },
      );
    });
  }
}
