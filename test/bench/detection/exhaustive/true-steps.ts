import { stepMs, steps, type TrueRole, type TrueTriple } from './half-step-worlds';

/** The first role is what it was so many steps before; the last one stays. */
export const stepsBefore = 4;

/** The step in which a time lies, milliseconds since the first step. */
export function stepOf(atMs: number): number {
  return Math.floor(atMs / stepMs);
}

/** What the LBs of a world truly are, step by step. */
export class TrueSteps {
  constructor(private readonly world: TrueTriple) {}

  role(lb: number, step: number): TrueRole {
    return this.world[lb]?.roles[Math.min(Math.max(step, 0), steps - 1)] ?? 'init';
  }

  isMaster(lb: number, step: number): boolean {
    return this.role(lb, step) === 'master';
  }

  /** The LBs that are master in a step. */
  masters(step: number): number[] {
    return [0, 1, 2].filter((lb) => this.isMaster(lb, step));
  }

  /** How many steps of [from, to] have so many masters among some LBs, or more; or none at all. */
  stepsWith(from: number, to: number, test: (masters: readonly number[]) => boolean): number {
    let count = 0;
    for (let step = Math.max(from, -stepsBefore); step <= to; step++) if (test(this.masters(step))) count++;
    return count;
  }

  /** When an LB lost the role in [fromMs, toMs], milliseconds since the first step. */
  losses(lb: number, fromMs: number, toMs: number): number[] {
    return this.changes(fromMs, toMs, (step) => this.isMaster(lb, step - 1) && !this.isMaster(lb, step));
  }

  /** When it rose to it. */
  rises(lb: number, fromMs: number, toMs: number): number[] {
    return this.changes(fromMs, toMs, (step) => !this.isMaster(lb, step - 1) && this.isMaster(lb, step));
  }

  /** Whether it had one role and later another within [fromMs, toMs]. */
  wentFrom(lb: number, from: string, to: string, fromMs: number, toMs: number): boolean {
    let had = false;
    for (let step = stepOf(fromMs); step <= stepOf(toMs); step++) {
      const role = this.role(lb, step);
      if (had && role === to) return true;
      had ||= role === from;
    }
    return false;
  }

  private changes(fromMs: number, toMs: number, test: (step: number) => boolean): number[] {
    const found: number[] = [];
    for (let step = 1; step < steps; step++) {
      const atMs = step * stepMs;
      if (atMs >= fromMs && atMs <= toMs && test(step)) found.push(atMs);
    }
    return found;
  }
}
