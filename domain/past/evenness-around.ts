import type { Span } from '../model/history';
import { thresholds } from '../model/thresholds';
import { spreadOverTime, type TrafficSteps } from './serving-over-time';

/** A change of the active LB: the last reading of the old one and the first of the new one, UTC milliseconds. */
export interface ActiveLbChange {
  lastOldMs: number;
  firstNewMs: number;
}

/** The evenness of the traffic over a time. */
export interface EvennessOver {
  fromMs: number;
  toMs: number;
  /** How much of that time is known. */
  knownMs: number;
  /** Mean over the known steps, 0..1; null: too little is known, or the time is too short. */
  evenness: number | null;
}

export interface EvennessAround {
  before: EvennessOver;
  after: EvennessOver;
}

/**
 * The times that are compared: ten minutes until the last reading of the old LB, and ten minutes from half a minute after the
 * first reading of the new one. Ten minutes are long enough for a mean over many polls, and short enough that the daily cycle of
 * traffic is the same on both sides. Neither extends over another change of the active LB (`others`), nor beyond `untilMs`,
 * which is the present or the time shown.
 */
export function evennessStretches(
  move: ActiveLbChange,
  others: readonly ActiveLbChange[],
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
 * Evenness of the traffic before and after a change of the active LB. Only steps entirely within one of the two times count. It
 * needs at least a minute, and half of the time known. Steps in which an edge's state or traffic is unknown (not monitored, a
 * counter restarted) are left out.
 */
export function evennessAround(
  steps: TrafficSteps,
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
