/** A step of the wall clock: it gained `byMs` (negative: was set back), and showed `atMs` then. UTC milliseconds. */
export interface ClockStep {
  atMs: number;
  byMs: number;
}

/** Smaller steps are the usual adjustments of a time service. */
const leastStepMs = 1_500;

/** Compares the wall clock with the monotonic one at each `compare`, and holds the steps until they are recorded. */
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

  /** Compares the clocks; returns all steps that are not recorded yet. */
  compare(): ClockStep[] {
    const wallMs = this.readWallMs();
    const monotonicMs = this.readMonotonicMs();
    const byMs = Math.round(wallMs - this.wallMs - (monotonicMs - this.monotonicMs));
    if (Math.abs(byMs) >= leastStepMs) this.steps.push({ atMs: Math.round(wallMs), byMs });
    this.wallMs = wallMs;
    this.monotonicMs = monotonicMs;
    return [...this.steps];
  }

  /** Call when these steps are stored in the history. */
  recorded(steps: readonly ClockStep[]): void {
    this.steps = this.steps.filter((step) => !steps.includes(step));
  }
}
