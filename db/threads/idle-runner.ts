/**
 * Does small steps of work in a thread whenever it is idle: each turn of the event loop first serves the calls that arrived.
 */
export class IdleRunner {
  private waiting: NodeJS.Immediate | null = null;
  private stopped = false;

  /** `step` does one step, and returns whether there is more. */
  constructor(private readonly step: () => boolean) {}

  /** Call when there may be work. */
  wake(): void {
    if (this.stopped) return;
    this.waiting ??= setImmediate(() => {
      this.waiting = null;
      if (this.step()) this.wake();
    });
  }

  /** Stops for good. */
  stop(): void {
    this.stopped = true;
    if (this.waiting) clearImmediate(this.waiting);
  }
}
