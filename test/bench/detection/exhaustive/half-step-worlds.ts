import type { LbRole } from '../../../../domain/model/role';

export const steps = 8;
export const stepMs = 500;
/** Each LB is polled every second step. */
export const pollsPerLb = steps / 2;
const roles = ['init', 'backup', 'master'] as const satisfies LbRole[];

export type TrueRole = (typeof roles)[number];
export type Answer = TrueRole | 'silent';

/** What polls show of one LB: in which half of each second it is polled, and what each poll brings. */
export interface Polled {
  phase: 0 | 1;
  /** Its roles before the first step and after the last one, when every poll is answered. */
  first: TrueRole;
  last: TrueRole;
  answers: readonly Answer[];
  /** Every history that shows itself so, the cheapest first. */
  histories: readonly History[];
}

/** What one LB truly does, step by step. It had its first role before, and keeps its last one. */
export interface History {
  roles: readonly TrueRole[];
  /** The number of its role changes and lost answers. */
  cost: number;
}

/** Three LBs as polls show them. */
export type PolledTriple = readonly [Polled, Polled, Polled];
/** Three LBs as they truly are. */
export type TrueTriple = readonly [History, History, History];

/** Every way in which one LB can show itself at no more than `mostCost`. */
export function everyPolled(mostCost: number): Polled[] {
  const bySign = new Map<string, Polled & { histories: History[] }>();
  for (const history of everyHistory(mostCost)) {
    for (const phase of [0, 1] as const) {
      for (let lost = 0; lost < 1 << pollsPerLb; lost++) {
        const cost = history.cost + bitsOf(lost);
        if (cost > mostCost) continue;
        const answers = Array.from({ length: pollsPerLb }, (_, poll): Answer => {
          return (lost >> poll) & 1 ? 'silent' : (history.roles[2 * poll + phase] ?? 'init');
        });
        const [first = 'init', last = first] = [history.roles[0], history.roles.at(-1)];
        const sign = [phase, first, ...answers, last].join(' ');
        const known = bySign.get(sign) ?? { phase, first, last, answers, histories: [] };
        known.histories.push({ roles: history.roles, cost });
        bySign.set(sign, known);
      }
    }
  }
  for (const { histories } of bySign.values()) histories.sort((a, b) => a.cost - b.cost);
  return [...bySign.values()].sort((a, b) => leastCost(a) - leastCost(b));
}

function leastCost({ histories }: Polled): number {
  return histories[0]?.cost ?? Infinity;
}

/** Every triple of LBs of which at least one history costs no more than `mostCost`; LBs that are swapped are one triple. */
export function* everyTriple(polled: readonly Polled[], mostCost: number): Generator<PolledTriple> {
  for (const [i, a] of polled.entries()) {
    if (3 * leastCost(a) > mostCost) return;
    for (let j = i; j < polled.length; j++) {
      const b = polled[j];
      if (!b || leastCost(a) + 2 * leastCost(b) > mostCost) break;
      for (let k = j; k < polled.length; k++) {
        const c = polled[k];
        if (!c || leastCost(a) + leastCost(b) + leastCost(c) > mostCost) break;
        yield [a, b, c];
      }
    }
  }
}

/** The true worlds that show themselves as a triple, at no more than `mostCost`; again swapped LBs are one world. */
export function* worldsOf([a, b, c]: PolledTriple, mostCost: number): Generator<TrueTriple> {
  for (const [i, first] of a.histories.entries()) {
    if (first.cost > mostCost) break;
    for (const [j, second] of b.histories.entries()) {
      if (a === b && j < i) continue;
      if (first.cost + second.cost > mostCost) break;
      for (const [k, third] of c.histories.entries()) {
        if (b === c && k < j) continue;
        if (first.cost + second.cost + third.cost > mostCost) break;
        yield [first, second, third];
      }
    }
  }
}

function* everyHistory(mostChanges: number, begun: TrueRole[] = [], changes = 0): Generator<History> {
  if (begun.length === steps) {
    yield { roles: begun, cost: changes };
    return;
  }
  for (const role of roles) {
    const more = begun.length > 0 && begun.at(-1) !== role ? 1 : 0;
    if (changes + more <= mostChanges) yield* everyHistory(mostChanges, [...begun, role], changes + more);
  }
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
