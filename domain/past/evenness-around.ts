import type { Span } from '../model/history';
import { thresholds } from '../model/thresholds';
import { spreadOverTime, type CarriedSteps } from './serving-over-time';

/** A change of the active LB: the last look at the old one, the first at the new one. UTC milliseconds. */
export interface LbMove {
  lastOldMs: number;
  firstNewMs: number;
}

/** How even the traffic was over a stretch of time. */
export interface EvennessOver {
  fromMs: number;
  toMs: number;
  /** The part of the stretch whose evenness is known. */
  knownMs: number;
  /** Mean over the steps whose evenness is known, 0..1; null: too little of the stretch is known, or it is too short. */
  evenness: number | null;
}

export interface EvennessAround {
  before: EvennessOver;
  after: EvennessOver;
}

/**
 * The stretches that are compared: ten minutes up to the last look at the old LB, and ten minutes from half a minute after the
 * first look at the new one. Ten minutes are long enough for a mean over many polls, short enough that the day's tide of
 * traffic is the same on both sides. Neither reaches over another move of the active LB (`others`), nor beyond `untilMs`, which
 * is now or the time that is looked at: what is compared is this LB's time with that one's.
 */
export function evennessStretches(
  move: LbMove,
  others: readonly LbMove[],
  untilMs: number,
): { before: { fromMs: number; toMs: number }; after: { fromMs: number; toMs: number } } {
  const { evennessWindowMs: windowMs, evennessSettleMs: settleMs } = thresholds;
  const earlier = others.filter(({ firstNewMs }) => firstNewMs <= move.lastOldMs);
  const later = others.filter(({ lastOldMs }) => lastOldMs >= move.firstNewMs);
  const beforeFrom = Math.max(
    move.lastOldMs - windowMs,
    ...earlier.map(({ firstNewMs }) => firstNewMs + settleMs),
  );
  const afterFrom = move.firstNewMs + settleMs;
  const afterTo = Math.min(afterFrom + windowMs, untilMs, ...later.map(({ lastOldMs }) => lastOldMs));
  return {
    before: { fromMs: Math.min(beforeFrom, move.lastOldMs), toMs: move.lastOldMs },
    after: { fromMs: Math.min(afterFrom, afterTo), toMs: afterTo },
  };
}

/**
 * How even the traffic was before and after a move of the active LB. Only steps that lie wholly in a stretch count, so none
 * mixes both. A figure wants a minute, and half of its stretch known: less stays unknown. A time in which an edge's state
 * or traffic is not known (nobody watched, a counter restarted) is not counted, and never guessed.
 */
export function evennessAround(
  steps: CarriedSteps,
  spans: readonly Span[],
  stretches: { before: { fromMs: number; toMs: number }; after: { fromMs: number; toMs: number } },
): EvennessAround {
  const spread = spreadOverTime(steps, spans).map(({ evenness }, step) => ({
    fromMs: steps.times[step] ?? 0,
    evenness,
  }));
  const over = ({ fromMs, toMs }: { fromMs: number; toMs: number }): EvennessOver => {
    const known = spread.flatMap((step) =>
      step.evenness !== null && step.fromMs >= fromMs && step.fromMs + steps.stepMs <= toMs
        ? [step.evenness]
        : [],
    );
    const knownMs = known.length * steps.stepMs;
    const enough = knownMs >= thresholds.evennessLeastMs && knownMs * 2 >= toMs - fromMs;
    const mean = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
    return { fromMs, toMs, knownMs, evenness: enough ? Math.min(1, mean) : null };
  };
  return { before: over(stretches.before), after: over(stretches.after) };
}
