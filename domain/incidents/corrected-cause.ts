import type { Cause, CauseCorrection, FailoverEvent, HeronEvent } from '../model/event';

/** Whether a correction is about this failover. */
export function isCorrectionOf(correction: CauseCorrection, failover: FailoverEvent): boolean {
  return (
    correction.clusterId === failover.clusterId &&
    correction.failoverMs === failover.timeMs &&
    correction.fromEdgeId === failover.fromEdgeId &&
    correction.toEdgeId === failover.toEdgeId
  );
}

/** The cause of a failover after a correction: what was known before remains evidence. */
export function causeAfter(correction: CauseCorrection, before: Cause): Cause {
  return {
    kind: correction.cause.kind,
    evidence: [...new Set([...correction.cause.evidence, ...before.evidence])],
  };
}

/** The event, with its cause after the last of these corrections, which are in the order in which they were recorded. */
export function withCorrectedCause(event: HeronEvent, corrections: readonly CauseCorrection[]): HeronEvent {
  if (event.type !== 'failover' && event.type !== 'failback') return event;
  const correction = corrections.findLast((one) => isCorrectionOf(one, event));
  return correction ? { ...event, cause: causeAfter(correction, event.cause) } : event;
}
