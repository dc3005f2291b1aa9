import { masterPeriods, trueHistory, type RoleChange } from '../../lab/true-history';
import { alignMoves, bracketProblem, gapProblem } from './align-moves';
import type { Claim, FlappingClaim, MoveClaim } from './claims';
import { judgeNoActive, judgeSplits } from './judge-spans';
import type { JudgeRules } from './rules';
import { takeOverMs, trueMoves, type TrueMove } from './true-moves';
import { unmatched, type Verdict } from './verdict';

/** What truly happened to one cluster's roles, from a time at which it was settled up to `untilMs`. */
export interface ClusterTruth {
  changes: RoleChange[];
  untilMs: number;
  /** Each LB's advskew, where it is known: the lower, the better placed. */
  skews?: ReadonlyMap<string, number>;
}

/** Judges everything that was printed of one cluster by what truly happened, in order of time. */
export function judgeCluster(truth: ClusterTruth, claims: readonly Claim[], rules: JudgeRules): Verdict[] {
  const ordered = claims.toSorted((a, b) => a.emittedMs - b.emittedMs);
  const moves = trueMoves(truth.changes, truth.untilMs);
  const { splits, gaps } = trueHistory(truth.changes, truth.untilMs, 0);
  const periods = masterPeriods(truth.changes, truth.untilMs);
  const ofType = <T extends Claim['type']>(...types: T[]): Extract<Claim, { type: T }>[] =>
    ordered.filter((claim): claim is Extract<Claim, { type: T }> => (types as string[]).includes(claim.type));
  return [
    ...judgeMoves(truth, moves, ofType('failover', 'failback'), rules),
    ...judgeSplits(splits, periods, ofType('split-brain'), truth.untilMs, rules),
    ...judgeNoActive(gaps, ofType('no-active-lb'), truth.untilMs, rules),
    ...ofType('flapping').flatMap((claim) => judgeFlapping(truth.changes, claim, rules)),
  ].sort((a, b) => a.atMs - b.atMs);
}

function judgeMoves(
  truth: ClusterTruth,
  moves: readonly TrueMove[],
  claims: readonly MoveClaim[],
  rules: JudgeRules,
): Verdict[] {
  const { pairs, missed, invented } = alignMoves(moves, claims, truth.untilMs, rules);
  return [
    ...pairs.map(({ claim, move }): Verdict => {
      const atMs = takeOverMs(move, rules.splitMs);
      // While several are master, a move to one that stays may be told before it is the only one.
      const latencyMs = Math.max(0, claim.emittedMs - atMs);
      return {
        kind: 'move',
        outcome: latencyMs > rules.deadlineMs ? 'late' : 'right',
        atMs,
        latencyMs,
        settledLatencyMs: Math.max(0, claim.emittedMs - move.soleFromMs),
        bracketMiss: bracketProblem(claim, move, rules),
        bracketWidthMs: claim.firstNewMs - claim.lastOldMs,
        kindMiss: kindProblem(claim, move, truth, rules),
        gapMiss: gapProblem(claim, move, rules),
        words: `${claim.type} ${move.from} to ${move.to}`,
      };
    }),
    ...missed.map((move) =>
      unmatched('move', 'missed', takeOverMs(move, rules.splitMs), `${move.from} to ${move.to}`),
    ),
    ...invented.map((claim) =>
      unmatched('move', 'invented', claim.emittedMs, `${claim.type} ${claim.from} to ${claim.to}`),
    ),
  ];
}

/**
 * A failback is a better placed LB that preempts one which is well. Where the truth does not tell why a role changed, or
 * where the LBs' places are not known, nothing is held against the word; nor after a split brain, which the better placed one
 * survives.
 */
function kindProblem(
  claim: MoveClaim,
  move: TrueMove,
  { changes, skews }: ClusterTruth,
  { splitMs }: JudgeRules,
): string | null {
  if (move.lastMasterMs - move.firstMasterMs > splitMs) return null;
  const at = (timeMs: number, edge: string): RoleChange | undefined =>
    changes.find((change) => change.timeMs === timeMs && change.edge === edge);
  const rise = at(move.firstMasterMs, move.to);
  const loss = at(move.lastMasterMs, move.from);
  const [oldSkew, nextSkew] = [skews?.get(move.from), skews?.get(move.to)];
  if (rise?.reason === undefined || loss === undefined || oldSkew === undefined || nextSkew === undefined)
    return null;
  const truly = rise.reason.startsWith('preempting') && loss.role === 'backup' && nextSkew < oldSkew;
  return truly === (claim.type === 'failback') ? null : `truly a ${truly ? 'failback' : 'failover'}`;
}

/**
 * Flapping is a count of changes, each of which began with an LB's loss of the role: true when there were so many since the first one.
 * The first was detected after the take-over, or after a time without an active LB, and some time after it happened.
 */
function judgeFlapping(
  changes: readonly RoleChange[],
  claim: FlappingClaim,
  { deadlineMs, takeOverMs, noActiveMarginMs }: JudgeRules,
): Verdict[] {
  const firstMs = Math.min(claim.sinceMs, claim.emittedMs - claim.windowMs);
  const fromMs = firstMs - deadlineMs - takeOverMs - noActiveMarginMs;
  const masters = new Set<string>();
  let truly = 0;
  for (const { timeMs, edge, role } of changes) {
    if (role === 'master') masters.add(edge);
    else if (masters.delete(edge) && timeMs >= fromMs && timeMs <= claim.emittedMs) truly += 1;
  }
  if (truly >= claim.changes) return [];
  const words = `${claim.changes} changes, truly ${truly}`;
  return [unmatched('flapping', 'invented', claim.emittedMs, words)];
}
