import type { Bracket } from '../../model/event';
import type { ProbeResult } from '../../model/probe';

/** A duration with bounds, milliseconds. */
export interface GapBounds {
  atLeast: number;
  atMost: number;
}

/** Probes without an answer after one that was answered. */
export interface FailureRun {
  lastAnswer: ProbeResult;
  /** The first failures and the latest ones, on which the bounds depend. */
  first: ProbeResult;
  second: ProbeResult | null;
  beforeLast: ProbeResult | null;
  last: ProbeResult;
  count: number;
}

/** A run that ended with an answer. */
export interface UserOutage extends FailureRun {
  nextAnswer: ProbeResult;
  /** Whether Heron's own way into the cluster's network is known to have worked meanwhile. */
  isPathSeen: boolean;
}

export function newFailureRun(lastAnswer: ProbeResult, failure: ProbeResult): FailureRun {
  return { lastAnswer, first: failure, second: null, beforeLast: null, last: failure, count: 1 };
}

export function addFailure(run: FailureRun, failure: ProbeResult): FailureRun {
  const { second, last, count } = run;
  return { ...run, second: second ?? failure, beforeLast: last, last: failure, count: count + 1 };
}

/**
 * How long users were not served. An answer proves that they were at some instant of its probe, so the outage lies between the start
 * of the last answered probe before it and the end of the first one after it. A failed probe may also be a lost packet: the first and
 * the last failure prove nothing alone, so the outage surely lasted from the end of the second to the start of the last but one.
 */
export function outageBounds(outage: UserOutage): GapBounds {
  const { lastAnswer, nextAnswer } = outage;
  return {
    atLeast: Math.floor(surelyLastedMs(outage)),
    atMost: Math.ceil(longestMs(lastAnswer, nextAnswer)),
  };
}

/** The part of a run that lost packets do not explain, milliseconds. */
function surelyLastedMs({ second, beforeLast }: FailureRun): number {
  if (second === null || beforeLast === null) return 0;
  return Math.max(0, beforeLast.startedMonotonicMs - second.finishedMonotonicMs);
}

/** The longest time that can lie between two answers. The monotonic clock may stand still while a computer sleeps. */
export function longestMs(before: ProbeResult, after: ProbeResult): number {
  return Math.max(
    after.finishedMonotonicMs - before.startedMonotonicMs,
    after.finishedAtMs - before.startedAtMs,
  );
}

/** When it began: between the last answered probe and the first that was not. */
export function beginOf({ lastAnswer, first }: FailureRun): Bracket {
  return outwards(lastAnswer.startedAtMs, first.finishedAtMs);
}

/** When it ended: between the last failed probe and the first answered one. */
export function endOf({ last, nextAnswer }: UserOutage): Bracket {
  return outwards(last.startedAtMs, nextAnswer.finishedAtMs);
}

function outwards(lastOldMs: number, firstNewMs: number): Bracket {
  return { lastOldMs: Math.floor(lastOldMs), firstNewMs: Math.ceil(Math.max(lastOldMs, firstNewMs)) };
}
