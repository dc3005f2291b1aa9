/** A time by the wall clock that ended with a jump forward, and until when the time after it is not believed. */
interface EarlierOffset {
  /** Wall clock minus monotonic clock, milliseconds. */
  offsetMs: number;
  /** Monotonic time until which upkeep keeps to it: by stepping, and by an absence of the monitor. */
  stepUntilMs: number;
  absenceUntilMs: number;
}

/** What upkeep goes by. All in milliseconds. */
export interface UpkeepTime {
  /** UTC now as the machine shows it: what records are dated with. */
  nowMs: number;
  /** UTC, from which only a step that has lasted counts: what is due for compaction. */
  compactMs: number;
  /** The same, and time without a monitor counts as a step: what is past its retention. */
  pruneMs: number;
  /** Monotonic, from the opening of the history. */
  monotonicMs: number;
}

/** An offset of the past, for a clock that starts: see `clock-past.ts`. `endedMs` is 0 or less: monotonic time before now. */
export interface PastOffset {
  offsetMs: number;
  endedMs: number;
  /** How it ended: the clock was set, or the monitor was not running for a time. */
  by: 'step' | 'absence';
}

/** How long a step forward must have lasted, by the monotonic clock, before data is removed or compacted because of it. */
export const stepHoldMs = 24 * 3_600_000;
/** The same of a time in which the monitor did not run, for compaction only: it removes no reading. */
export const absenceHoldMs = 3_600_000;
/** A smaller gain is the usual adjustment by a time service. Gains add up until they reach it. */
const leastStepMs = 1_500;
const mostOffsets = 1_000;

/**
 * The time that upkeep goes by. A step forward counts once it has lasted a day of monotonic time, a step back counts at once: it
 * is the monotonic time plus the lowest offset of the wall clock within that day. So a clock that is wrong for some hours removes
 * nothing, and pacing is by time that really passed.
 */
export class UpkeepClock {
  private readonly startMs: number;
  private monotonicMs = 0;
  private wallMs: number;
  /** The lowest offset since the last jump, and the present one. */
  private leastMs: number;
  private offsetMs: number;
  private earlier: EarlierOffset[];

  /** `past`: what the clock of this history did within the last day of monotonic time, oldest first. */
  constructor(nowMs: number, monotonicMs: number, past: readonly PastOffset[] = []) {
    this.startMs = monotonicMs;
    this.wallMs = nowMs;
    this.offsetMs = nowMs;
    this.leastMs = nowMs;
    this.earlier = past.map(({ offsetMs, endedMs, by }) => ended(offsetMs, endedMs, by));
  }

  /** Reads of both clocks, made together. */
  set(nowMs: number, monotonicMs: number): void {
    this.monotonicMs = Math.max(this.monotonicMs, monotonicMs - this.startMs);
    this.wallMs = nowMs;
    const offsetMs = nowMs - this.monotonicMs;
    if (offsetMs - this.leastMs >= leastStepMs) {
      this.earlier.push(ended(this.leastMs, this.monotonicMs, 'step'));
      this.leastMs = offsetMs;
    }
    this.offsetMs = offsetMs;
    this.leastMs = Math.min(this.leastMs, offsetMs);
    this.earlier = this.earlier.filter(({ stepUntilMs }) => stepUntilMs > this.monotonicMs);
    while (this.earlier.length > mostOffsets) this.joinOldest();
  }

  get time(): UpkeepTime {
    const now = this.monotonicMs;
    const lowest = (until: 'stepUntilMs' | 'absenceUntilMs'): number =>
      this.earlier.reduce(
        (least, one) => (one[until] > now ? Math.min(least, one.offsetMs) : least),
        this.offsetMs,
      );
    return {
      nowMs: this.wallMs,
      compactMs: now + lowest('absenceUntilMs'),
      pruneMs: now + lowest('stepUntilMs'),
      monotonicMs: now,
    };
  }

  /** A clock that steps all the time: the lower of two offsets counts for the longer time. */
  private joinOldest(): void {
    const [one, two, ...rest] = this.earlier;
    if (!one || !two) return;
    const joined = {
      offsetMs: Math.min(one.offsetMs, two.offsetMs),
      stepUntilMs: Math.max(one.stepUntilMs, two.stepUntilMs),
      absenceUntilMs: Math.max(one.absenceUntilMs, two.absenceUntilMs),
    };
    this.earlier = [joined, ...rest];
  }
}

function ended(offsetMs: number, endedMs: number, by: PastOffset['by']): EarlierOffset {
  return {
    offsetMs,
    stepUntilMs: endedMs + stepHoldMs,
    absenceUntilMs: endedMs + (by === 'step' ? stepHoldMs : absenceHoldMs),
  };
}
