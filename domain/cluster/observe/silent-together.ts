import type { Edge } from '../../inventory/inventory';
import { thresholds } from '../../model/thresholds';
import type { EdgeTrack } from './edge-track';
import type { PacketLoss } from './packet-loss';

/** An edge that is polled, and how many of its LB's recent polls were lost; null: not measured. */
export interface PolledEdge {
  edge: Edge;
  track: EdgeTrack;
  loss: PacketLoss | null;
}

/**
 * Whether all edges of a row fell silent together, also within the number of failed polls that may be lost packets of one edge. The edge
 * that has been silent for longest is left out: it may be dead by itself.
 */
export function areSilentTogether(edges: readonly PolledEdge[]): boolean {
  if (edges.length < 2) return false;
  const chances = edges.map(({ track, loss }) => {
    if (!isSilent(track)) return 1;
    const lost = Math.max(thresholds.unmeasuredLoss, loss ? loss.lost / loss.polls : 0);
    return lost ** Math.min(failuresOf(track), thresholds.maxPacketLossRun);
  });
  if (chances.includes(1)) return false;
  return (
    chances
      .toSorted((a, b) => b - a)
      .slice(0, -1)
      .reduce((all, chance) => all * chance, 1) < thresholds.togetherChance
  );
}

/** Whether it has not answered by any source since its polls began to fail. A refusal is an answer. */
export function isSilent({ snmp, http, tcp }: EdgeTrack): boolean {
  const sources = [snmp, http, tcp].filter(({ asked }) => asked);
  const [first] = sources;
  const sinceMs = first?.firstFailureMonotonicMs ?? null;
  if (!first || first.failures === 0 || sinceMs === null) return false;
  return sources.every(({ failures, lastFailure, lastAnswerMonotonicMs }) =>
    failures > 0
      ? lastFailure?.code === 'timeout' || lastFailure?.code === 'no-route'
      : (lastAnswerMonotonicMs ?? -Infinity) < sinceMs,
  );
}

function failuresOf({ snmp, http, tcp }: EdgeTrack): number {
  return snmp.asked ? snmp.failures : Math.max(http.failures, tcp.failures);
}
