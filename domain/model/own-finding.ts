import type { HeronEvent } from './event';
import type { Reason } from './health';

/** A finding about Heron itself or its history: about no cluster and no edge. */
export function ownFinding(reason: Reason, nowMs: number): Extract<HeronEvent, { type: 'finding' }> {
  const timeMs = Math.round(nowMs);
  return {
    type: 'finding',
    timeMs,
    recordedAtMs: timeMs,
    clusterId: null,
    clusterName: null,
    edgeId: null,
    edgeName: null,
    reason,
  };
}
