/** Lets at most `permits` holders in at a time; the others wait in order. */
export class Semaphore {
  readonly #waiting = new Set<() => void>();

  constructor(private permits: number) {}

  /** Waits for a permit; the returned function releases it. Rejects when `signal` aborts first. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.permits > 0) this.permits -= 1;
    else await this.#wait(signal);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const [next] = this.#waiting;
      if (next) next();
      else this.permits += 1;
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        this.#waiting.delete(enter);
        signal.removeEventListener('abort', abort);
        action();
      };
      const enter = (): void => settle(resolve);
      const abort = (): void => settle(() => reject(signal.reason as Error));
      this.#waiting.add(enter);
      signal.addEventListener('abort', abort);
    });
  }
}
