/** Allows something at most `times` within `windowMs`, so that it is not repeated forever. */
export class RestartLimit {
  private allowedAtMs: number[] = [];

  constructor(
    private readonly times: number,
    private readonly windowMs: number,
  ) {}

  allows(nowMs: number): boolean {
    this.allowedAtMs = this.allowedAtMs.filter((atMs) => nowMs - atMs < this.windowMs);
    if (this.allowedAtMs.length >= this.times) return false;
    this.allowedAtMs.push(nowMs);
    return true;
  }
}
