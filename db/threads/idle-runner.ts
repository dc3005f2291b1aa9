/**
 * Does small pieces of work in a thread whenever it has nothing else to do: each turn of the event loop first serves the
 * calls that came.
 */
export class IdleRunner {
  private waiting: NodeJS.Immediate | null = null;
  private stopped = false;

  /** `step` does a piece, and answers whether there is more. */
  constructor(private readonly step: () => boolean) {}

  /** There may be something to do. */
  wake(): void {
    if (this.stopped) return;
    this.waiting ??= setImmediate(() => {
      this.waiting = null;
      if (this.step()) this.wake();
    });
  }

  /** Does nothing any more. */
  stop(): void {
    this.stopped = true;
    if (this.waiting) clearImmediate(this.waiting);
  }
}
