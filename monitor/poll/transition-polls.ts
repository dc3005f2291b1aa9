import type { Clock } from '../base/clock';
import type { Scheduler } from './scheduler';

/** How many times per role interval LBs are polled while it is undecided which one is active. */
const pollsPerInterval = 4;
/** A take-over is over by then (carp(4): three missed advertisements and the skew); what lasts longer is no transition. */
const longestTransitionMs = 8_000;

/** A row with the LBs to poll again because it is undecided which one is active; empty while one is known. */
export interface UndecidedRow {
  readonly undecidedLbs: readonly string[];
}

/** Polls a cluster more often while its active LB is lost, doubled or silent, so that the new one is known soon. */
export class TransitionPolls {
  readonly #sinceMs = new Map<UndecidedRow, number>();
  readonly #waiting = new Set<UndecidedRow>();
  readonly #intervalMs: number;

  constructor(
    private readonly scheduler: Pick<Scheduler, 'hasten'>,
    private readonly clock: Clock,
    roleIntervalMs: number,
  ) {
    this.#intervalMs = roleIntervalMs / pollsPerInterval;
  }

  /** To be called after each poll of one of the row's edges. */
  apply(row: UndecidedRow): void {
    if (row.undecidedLbs.length === 0) {
      this.#sinceMs.delete(row);
      return;
    }
    const nowMs = this.clock.monotonicMs();
    const sinceMs = this.#sinceMs.get(row) ?? nowMs;
    this.#sinceMs.set(row, sinceMs);
    if (this.#waiting.has(row) || nowMs - sinceMs > longestTransitionMs) return;
    this.#waiting.add(row);
    this.clock.after(this.#intervalMs, () => {
      this.#waiting.delete(row);
      for (const edgeId of row.undecidedLbs) this.scheduler.hasten(edgeId, 'role');
    });
  }
}
