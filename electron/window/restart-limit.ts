/** Allows something at most `times` within `windowMs`, so that what fails at once is not tried for ever. */
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
