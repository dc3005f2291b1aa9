/** The wall clock gained so much (negative: was set back) without time passing, as of `atMs` on it. UTC milliseconds. */
export interface ClockStep {
  atMs: number;
  byMs: number;
}

/** Less is a clock being adjusted, as time services do all day. */
const leastStepMs = 1_500;

/** Compares the wall clock with the monotonic one at each look, and keeps the steps until they are recorded. */
export class ClockSteps {
  private wallMs: number;
  private monotonicMs: number;
  private steps: ClockStep[] = [];

  constructor(
    private readonly readWallMs: () => number,
    private readonly readMonotonicMs: () => number,
  ) {
    this.wallMs = readWallMs();
    this.monotonicMs = readMonotonicMs();
  }

  /** The steps that are not recorded yet, this look's among them. */
  look(): ClockStep[] {
    const wallMs = this.readWallMs();
    const monotonicMs = this.readMonotonicMs();
    const byMs = Math.round(wallMs - this.wallMs - (monotonicMs - this.monotonicMs));
    if (Math.abs(byMs) >= leastStepMs) this.steps.push({ atMs: Math.round(wallMs), byMs });
    this.wallMs = wallMs;
    this.monotonicMs = monotonicMs;
    return [...this.steps];
  }

  /** These are in the history now. */
  recorded(steps: readonly ClockStep[]): void {
    this.steps = this.steps.filter((step) => !steps.includes(step));
  }
}
