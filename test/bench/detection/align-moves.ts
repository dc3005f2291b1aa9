import type { MoveClaim } from './claims';
import type { JudgeRules } from './rules';
import { composed, takeOverMs, type TrueMove } from './true-moves';

/** A printed move and the true one that it stands for; several brief true ones in a row may be told as one. */
export interface Pair {
  claim: MoveClaim;
  move: TrueMove;
}

/** Which printed move stands for which true one, what was not printed, and what was printed without truth. */
export interface Alignment {
  pairs: Pair[];
  missed: TrueMove[];
  invented: MoveClaim[];
}

/** Later than this a line does not belong to a move any more. */
const strayMs = 60_000;
const costs = { missed: 1, invented: 1, late: 0.9, bracketMiss: 0.01, gapMiss: 0.005, perMs: 1e-8 };

interface Step {
  cost: number;
  moves: number;
  claims: number;
  pair?: Pair;
  missed?: TrueMove;
  invented?: MoveClaim;
}

/**
 * Puts printed moves beside true ones, both in order, so that as little as possible is missed and invented. A move may go
 * untold only when the role was back before it had to be seen, or when its deadline lies after `untilMs`.
 */
export function alignMoves(
  moves: readonly TrueMove[],
  claims: readonly MoveClaim[],
  untilMs: number,
  rules: JudgeRules,
): Alignment {
  const best: { cost: number; step: Step | null }[][] = [];
  for (let i = moves.length; i >= 0; i--) {
    best[i] = [];
    for (let j = claims.length; j >= 0; j--) {
      let chosen: { cost: number; step: Step | null } =
        i === moves.length && j === claims.length ? { cost: 0, step: null } : { cost: Infinity, step: null };
      for (const step of steps(moves, claims, i, j, untilMs, rules)) {
        const rest = best[i + step.moves]?.[j + step.claims]?.cost ?? Infinity;
        if (step.cost + rest < chosen.cost) chosen = { cost: step.cost + rest, step };
      }
      best[i]![j] = chosen;
    }
  }
  return follow(best);
}

function follow(best: { step: Step | null }[][]): Alignment {
  const found: Alignment = { pairs: [], missed: [], invented: [] };
  let [i, j] = [0, 0];
  for (let step = best[0]?.[0]?.step; step; step = best[i]?.[j]?.step) {
    if (step.pair) found.pairs.push(step.pair);
    if (step.missed) found.missed.push(step.missed);
    if (step.invented) found.invented.push(step.invented);
    i += step.moves;
    j += step.claims;
  }
  return found;
}

/** Every way to go on with the true moves from `i` and the printed ones from `j`. */
function* steps(
  moves: readonly TrueMove[],
  claims: readonly MoveClaim[],
  i: number,
  j: number,
  untilMs: number,
  rules: JudgeRules,
): Generator<Step> {
  const claim = claims[j];
  if (claim) yield { cost: costs.invented, moves: 0, claims: 1, invented: claim };
  for (let last = i; last < moves.length; last++) {
    // What lies between the first and the last may be left out only if it was too brief to be seen.
    if (last > i && (moves[last - 1]?.soleMs ?? Infinity) >= rules.mustSeeMs) return;
    const move = composed(moves, i, last);
    const many = last - i + 1;
    const open = takeOverMs(move, rules.splitMs) + rules.deadlineMs > untilMs;
    if (move.from === move.to || open) yield { cost: 0, moves: many, claims: 0 };
    else yield { cost: costs.missed, moves: many, claims: 0, missed: move };
    if (claim && fits(claim, move)) {
      const lateMs = claim.emittedMs - takeOverMs(move, rules.splitMs);
      const cost =
        (lateMs > rules.deadlineMs ? costs.late : 0) +
        (bracketProblem(claim, move, rules) === null ? 0 : costs.bracketMiss) +
        (gapProblem(claim, move, rules) === null ? 0 : costs.gapMiss) +
        Math.max(0, lateMs) * costs.perMs;
      yield { cost, moves: many, claims: 1, pair: { claim, move } };
    }
  }
}

/** The same LBs, and said neither before it was true nor so late that it is about something else. */
function fits(claim: MoveClaim, move: TrueMove): boolean {
  if (claim.from !== move.from || claim.to !== move.to) return false;
  return claim.emittedMs >= Math.floor(move.firstMasterMs) && claim.emittedMs - move.firstMasterMs <= strayMs;
}

/**
 * Whether the bracket leaves a true time out: the loss (when the old LB was master for the last time) and the take-over
 * (when the new one became it) must both lie within. Where the two were master together for longer than a split brain
 * takes, the move is the old one's yielding: its loss alone.
 */
export function bracketProblem(
  { lastOldMs, firstNewMs }: { lastOldMs: number; firstNewMs: number },
  move: TrueMove,
  { splitMs, toleranceMs }: JudgeRules,
): string | null {
  const afterSplit = move.lastMasterMs - move.firstMasterMs > splitMs;
  const times = [
    { name: 'loss', atMs: move.lastMasterMs },
    ...(afterSplit ? [] : [{ name: 'take-over', atMs: move.firstMasterMs }]),
  ];
  for (const { name, atMs } of times) {
    const before = lastOldMs - toleranceMs - atMs;
    if (before > 0) return `the ${name} was ${Math.ceil(before)} ms before lastOld`;
    const after = atMs - firstNewMs - toleranceMs;
    if (after > 0) return `the ${name} was ${Math.ceil(after)} ms after firstNew`;
  }
  return null;
}

/** Whether the true time without a master lies outside the printed one. */
export function gapProblem({ gapMs }: MoveClaim, move: TrueMove, { toleranceMs }: JudgeRules): string | null {
  const { atLeast, atMost } = gapMs;
  if (move.gapMs >= atLeast - toleranceMs && move.gapMs <= atMost + toleranceMs) return null;
  return `the gap was ${Math.round(move.gapMs)} ms, not ${atLeast} to ${atMost} ms`;
}
