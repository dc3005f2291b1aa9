/** Lets at most `places` in at a time; the others wait in order. */
export class Turnstile {
  private readonly waiting = new Set<() => void>();

  constructor(private places: number) {}

  /** Waits for a place; the returned function gives it back. Rejects when `signal` aborts first. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.places > 0) this.places -= 1;
    else await this.turn(signal);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const [next] = this.waiting;
      if (next) next();
      else this.places += 1;
    };
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (act: () => void): void => {
        this.waiting.delete(enter);
        signal.removeEventListener('abort', leave);
        act();
      };
      const enter = (): void => done(resolve);
      const leave = (): void => done(() => reject(signal.reason as Error));
      this.waiting.add(enter);
      signal.addEventListener('abort', leave);
    });
  }
}
