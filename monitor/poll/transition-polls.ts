import type { Clock } from '../base/clock';
import type { Scheduler } from './scheduler';

/** While it is open who is active, the LBs are looked at so many times as often. */
const timesAsOften = 4;
/** A take-over is over by then (carp(4): three missed advertisements and the skew); what lasts longer is no transition. */
const longestMs = 8_000;

/** A cluster as far as this matters: the LBs worth another look because it is open which of them is active; none: it is known. */
export interface WithOpenLbs {
  readonly openLbs: readonly string[];
}

/** Looks more often at a cluster whose active LB is lost, doubled or silent, until one is known, so that it is known soon. */
export class TransitionPolls {
  private readonly sinceMs = new Map<WithOpenLbs, number>();
  private readonly waiting = new Set<WithOpenLbs>();
  private readonly everyMs: number;

  constructor(
    private readonly scheduler: Pick<Scheduler, 'hasten'>,
    private readonly clock: Clock,
    roleIntervalMs: number,
  ) {
    this.everyMs = roleIntervalMs / timesAsOften;
  }

  /** To be called after each poll of one of its edges. */
  note(row: WithOpenLbs): void {
    if (row.openLbs.length === 0) {
      this.sinceMs.delete(row);
      return;
    }
    const sinceMs = this.sinceMs.get(row) ?? this.clock.monotonicMs();
    this.sinceMs.set(row, sinceMs);
    if (this.waiting.has(row) || this.clock.monotonicMs() - sinceMs > longestMs) return;
    this.waiting.add(row);
    this.clock.after(this.everyMs, () => {
      this.waiting.delete(row);
      for (const edgeId of row.openLbs) this.scheduler.hasten(edgeId, 'role');
    });
  }
}
