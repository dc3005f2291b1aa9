import { combine, type EdgeConditions } from './conditions';
import type { Fault } from './fault';

/** The active faults and their effects at a time. Time is an argument. */
export class FaultRegistry {
  private active: Fault[] = [];

  /** Adds a fault. */
  add(fault: Fault): void {
    this.active.push(fault);
  }

  /** Removes and returns the faults that `which` selects. */
  remove(which: (fault: Fault) => boolean): Fault[] {
    const gone = this.active.filter(which);
    this.active = this.active.filter((fault) => !which(fault));
    return gone;
  }

  /** The active faults. */
  list(): readonly Fault[] {
    return this.active;
  }

  /** The next time after `nowMs` at which a condition changes or a fault ends; Infinity when none will. */
  nextChangeMs(nowMs: number): number {
    let next = Infinity;
    for (const fault of this.active) {
      const times = [fault.toMs, ...fault.effects.flatMap((effect) => [effect.fromMs, effect.toMs])];
      for (const time of times) if (time > nowMs && time < next) next = time;
    }
    return next;
  }

  /** Removes and returns the faults that have ended at `nowMs`. */
  removeEnded(nowMs: number): Fault[] {
    return this.remove((fault) => fault.toMs <= nowMs);
  }

  /** The conditions of one edge at a time. */
  conditionsOf(edge: string, atMs: number): EdgeConditions {
    const effects = this.active.flatMap((fault) =>
      fault.effects.filter((effect) => effect.edge === edge && effect.fromMs <= atMs && atMs < effect.toMs),
    );
    return combine(effects.map((effect) => effect.change));
  }

  /** Whether an advertisement passes between two edges of a cluster: not across a split. */
  passes(cluster: string, from: string, to: string): boolean {
    return this.active.every(
      (fault) =>
        fault.kind !== 'split' ||
        fault.cluster !== cluster ||
        fault.oneSide.includes(from) === fault.oneSide.includes(to),
    );
  }
}
