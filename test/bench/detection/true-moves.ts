import { masterPeriods, trueHistory, type RoleChange, type TrueFailover } from '../../lab/true-history';

/** The role went from one LB to another, however briefly the other was the only master. */
export interface TrueMove extends TrueFailover {
  /** How long `to` then was the only master without a break. */
  soleMs: number;
  /** Since when it was the only one. */
  soleFromMs: number;
}

/** Every change of the only master, the briefest included, up to `untilMs`. Each begins where the one before ended. */
export function trueMoves(changes: readonly RoleChange[], untilMs: number): TrueMove[] {
  const sole = masterPeriods(changes, untilMs).filter(({ masters }) => masters.length === 1);
  const { failovers } = trueHistory(changes, untilMs, 0);
  return failovers.map((move, i) => {
    const endMs = failovers[i + 1]?.lastMasterMs ?? untilMs;
    const own = sole.filter(
      ({ masters, fromMs }) => masters[0] === move.to && fromMs >= move.firstMasterMs && fromMs < endMs,
    );
    const soleMs = Math.max(0, ...own.map(({ fromMs, toMs }) => toMs - fromMs));
    return { ...move, soleMs, soleFromMs: own[0]?.fromMs ?? Math.max(move.firstMasterMs, move.lastMasterMs) };
  });
}

/** Several moves in a row as the one they come to: from the first one's old LB to the last one's new LB. */
export function composed(moves: readonly TrueMove[], first: number, last: number): TrueMove {
  const [start, end] = [moves[first], moves[last]];
  if (!start || !end) throw new Error(`No moves ${first} to ${last} of ${moves.length}`);
  const gapMs = moves.slice(first, last + 1).reduce((sum, move) => sum + move.gapMs, 0);
  return {
    from: start.from,
    to: end.to,
    lastMasterMs: start.lastMasterMs,
    firstMasterMs: end.firstMasterMs,
    gapMs,
    soleMs: end.soleMs,
    soleFromMs: end.soleFromMs,
  };
}

/**
 * When the move is there to be seen: the new LB's rise, where CARP's overlap is the usual one. Where several LBs had long
 * been master, it is when the new one was left as the only one.
 */
export function takeOverMs({ firstMasterMs, soleFromMs }: TrueMove, splitMs: number): number {
  return soleFromMs - firstMasterMs > splitMs ? soleFromMs : firstMasterMs;
}
