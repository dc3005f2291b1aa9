import { formatWait } from '../../base/network-errors';
import { SnmpFailure } from '../client/failure';
import type { SnmpSession } from '../client/session';
import type { Walk } from '../client/walk';

export const sysUpTime = '1.3.6.1.2.1.1.3.0';
/** Time-outs of a request of a walk before the walk asks for less. */
const timeoutsPerAttempt = 3;
const unmeasuredTimeoutMs = 250;
/** A read of a slow agent takes this long at most. */
const maxStretchMs = 10_000;

/**
 * The deadline of a read that needs so many answers one after another, in milliseconds of `performance.now()`: later than
 * `deadlineAt` where the agent is known to need more time.
 */
export function stretchedDeadline(session: SnmpSession, deadlineAt: number, answers: number): number {
  const { timeoutMs } = session.roundTrip;
  if (timeoutMs === null) return deadlineAt;
  return Math.max(deadlineAt, performance.now() + Math.min(maxStretchMs, answers * timeoutMs));
}

/** Runs a walk until `deadlineAt`; rejects with a time-out when it is to be resumed later. */
export function runWalk(session: SnmpSession, walk: Walk, deadlineAt: number): Promise<void> {
  const startedAt = performance.now();
  const attemptEnd = (): number => {
    const nowMs = performance.now();
    if (nowMs >= deadlineAt)
      throw new SnmpFailure('timeout', `not finished within ${formatWait(nowMs - startedAt)}`);
    return Math.min(
      deadlineAt,
      nowMs + timeoutsPerAttempt * (session.roundTrip.timeoutMs ?? unmeasuredTimeoutMs),
    );
  };
  return walk.run({
    // Async, so that a passed deadline rejects.
    getBulk: async (oids, repetitions) => session.getBulk(oids, repetitions, attemptEnd()),
    getNext: async (oids) => session.getNext(oids, attemptEnd()),
    isAlive: async () => {
      if (performance.now() >= deadlineAt) return false;
      return session.get([sysUpTime], deadlineAt).then(
        () => true,
        () => false,
      );
    },
  });
}

/** Whether an error means that nothing came back in time, and not that the agent refused. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof SnmpFailure && (error.code === 'timeout' || error.code === 'unanswered');
}
