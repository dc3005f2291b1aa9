import type { HeronEvent } from '../../domain/model/event';
import type { Clock } from '../base/clock';

/** A stretch in which Heron itself could not watch. */
export interface SelfGap {
  reason: Extract<HeronEvent, { type: 'gap' }>['reason'];
  words: string;
  fromMs: number;
  toMs: number;
  /** Clusters that could not be watched, where it was not all of them. */
  clusters?: { id: string; name: string }[];
}

const tickMs = 500;
/** Later than this, polls under way were not timed by us but by our own stall. */
const lateMs = 1_000;
const suspendedMs = 5_000;
const clockStepMs = 1_500;

/**
 * The monitor's watch on itself: a tick on the monotonic clock. A late tick means that the process did not run (suspended,
 * stopped, or busy); wall and monotonic clock drifting apart means that the machine slept or its clock was set.
 */
export class SelfWatch {
  readonly #clock: Clock;
  readonly #onGap: (gap: SelfGap) => void;
  #lastMonotonicMs: number;
  #lastWallMs: number;
  #stalledUntilMonotonicMs = -Infinity;
  #lateMs = 0;
  #cancel: () => void;

  constructor(clock: Clock, onGap: (gap: SelfGap) => void) {
    this.#clock = clock;
    this.#onGap = onGap;
    this.#lastMonotonicMs = clock.monotonicMs();
    this.#lastWallMs = clock.nowMs();
    this.#cancel = clock.after(tickMs, () => this.#tick());
  }

  /** How late the last tick was, milliseconds. */
  get lagMs(): number {
    return this.#lateMs;
  }

  /**
   * Whether the process stalled while something begun at `startedMonotonicMs` waited: then its time-out says nothing.
   * Checks at once, because the answer may be looked at before the late tick has run.
   */
  stalledSince(startedMonotonicMs: number): boolean {
    const sinceTickMs = this.#clock.monotonicMs() - this.#lastMonotonicMs;
    if (sinceTickMs > tickMs + lateMs) return true;
    return this.#stalledUntilMonotonicMs >= startedMonotonicMs;
  }

  stop(): void {
    this.#cancel();
  }

  #tick(): void {
    const monotonicMs = this.#clock.monotonicMs();
    const wallMs = this.#clock.nowMs();
    const ranMs = monotonicMs - this.#lastMonotonicMs;
    const stepMs = wallMs - this.#lastWallMs - ranMs;
    this.#lateMs = Math.max(0, ranMs - tickMs);
    const fromMs = Math.min(this.#lastWallMs, wallMs);
    if (this.#lateMs > lateMs || Math.abs(stepMs) > clockStepMs) {
      this.#stalledUntilMonotonicMs = monotonicMs;
    }
    // Linux stops the monotonic clock while a laptop sleeps, so a sleep shows as a forward step.
    if (this.#lateMs > suspendedMs || stepMs > suspendedMs) {
      const seconds = Math.round((wallMs - this.#lastWallMs) / 1000);
      this.#onGap({
        reason: 'suspended',
        words: `This computer slept, or Heron was stopped, for ${seconds} s (or its clock was set forward).`,
        fromMs,
        toMs: wallMs,
      });
    } else if (Math.abs(stepMs) > clockStepMs) {
      const words = `This computer’s clock was set ${stepMs > 0 ? 'forward' : 'back'} by ${(Math.abs(stepMs) / 1000).toFixed(1)} s.`;
      this.#onGap({ reason: 'clock-stepped', words, fromMs, toMs: wallMs });
    } else if (this.#lateMs > lateMs) {
      const words = `Heron was too busy to poll for ${(this.#lateMs / 1000).toFixed(1)} s.`;
      this.#onGap({ reason: 'event-loop-late', words, fromMs, toMs: wallMs });
    }
    this.#lastMonotonicMs = monotonicMs;
    this.#lastWallMs = wallMs;
    this.#cancel = this.#clock.after(tickMs, () => this.#tick());
  }
}
