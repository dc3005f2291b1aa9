/** Calls back when a request has made no progress for too long. */
export class StallTimer {
  private timer: NodeJS.Timeout | null = null;

  /** `stallMs` null: never. */
  constructor(
    private readonly stallMs: number | null,
    private readonly onStall: () => void,
  ) {}

  /** Call when work begins, and at each progress. */
  restart(): void {
    this.stop();
    if (this.stallMs !== null) this.timer = setTimeout(this.onStall, this.stallMs);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
