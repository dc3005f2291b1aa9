import { combine, type EdgeConditions } from './conditions';
import type { Fault } from './fault';

/** All faults that are active, and what follows from them at a time. Time is an argument. */
export class FaultBoard {
  private active: Fault[] = [];

  /** Puts a fault on the board. */
  add(fault: Fault): void {
    this.active.push(fault);
  }

  /** Takes those faults off that `which` names, and returns them. */
  remove(which: (fault: Fault) => boolean): Fault[] {
    const gone = this.active.filter(which);
    this.active = this.active.filter((fault) => !which(fault));
    return gone;
  }

  /** What is active now. */
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

  /** Takes off and returns the faults whose time is over at `nowMs`. */
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
