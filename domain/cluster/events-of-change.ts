import { causeOf } from './detect/cause';
import type { Found } from './detect/detect';
import type { HeronEvent } from '../model/event';
import type { LastFailover } from '../model/snapshot';
import { causeWithTraps } from './detect/cause-with-traps';
import type { TrapEvidence } from '../traps/evidence';
import type { Change } from './change';
import type { WatchedCluster } from './cluster-monitor';

/** Writes a change as an event. `recordedAtMs` is now; the event's own time is in the change. `traps`: its edges' latest. */
export function eventOf(
  change: Change,
  watched: WatchedCluster,
  recordedAtMs: number,
  pollIntervalMs: number,
  traps: readonly TrapEvidence[] = [],
): HeronEvent | null {
  // Other reasons for the same state are kept with the states, and are no news.
  if (change.kind === 'edge-reasons' || change.kind === 'cluster-reasons') return null;
  const cluster = watched.cluster;
  const ofCluster = { recordedAtMs, clusterId: cluster?.id ?? '', clusterName: cluster?.name ?? '' };
  if (change.kind === 'found')
    return cluster ? foundEvent(change.found, watched, ofCluster, pollIntervalMs, traps) : null;
  const timeMs = Math.round(change.atMs);
  if (change.kind === 'cluster-state') {
    const { from, to, reasons } = change;
    return cluster ? { type: 'cluster-state', timeMs, ...ofCluster, from, to, reasons } : null;
  }
  const ofEdge = {
    timeMs,
    recordedAtMs,
    clusterId: cluster?.id ?? null,
    clusterName: cluster?.name ?? null,
    edgeId: change.edge.id,
    edgeName: change.edge.name,
  };
  if (change.kind === 'edge-state') {
    return { type: 'edge-state', ...ofEdge, from: change.from, to: change.to, reasons: change.reasons };
  }
  const track = watched.track(change.edge.id);
  const failure = track.snmp.lastFailure;
  const reasons =
    change.seen.silent && failure
      ? [{ code: 'silent', fact: `${change.edge.name} does not answer.`, detail: failure.words }]
      : change.to === 'unknown'
        ? track.reasons.filter(({ code }) => code === 'witness-lost')
        : [];
  return {
    type: 'lb-role',
    ...ofEdge,
    from: change.from,
    to: change.to,
    bracket: change.bracket,
    reasons,
    witnesses: change.seen.witnesses,
  };
}

function foundEvent(
  found: Found,
  watched: WatchedCluster,
  ofCluster: { recordedAtMs: number; clusterId: string; clusterName: string },
  pollIntervalMs: number,
  traps: readonly TrapEvidence[],
): HeronEvent {
  const nameOf = (id: string): string => watched.edges.find((edge) => edge.id === id)?.name ?? id;
  switch (found.kind) {
    case 'failover':
    case 'failback': {
      const fromEdgeName = nameOf(found.fromEdgeId);
      const toEdgeName = nameOf(found.toEdgeId);
      const old = watched.track(found.fromEdgeId);
      const cause = causeOf(found, fromEdgeName, toEdgeName, old);
      const witnesses = watched.view().edges.find((edge) => edge.id === found.toEdgeId)?.witnesses ?? [];
      return {
        type: found.kind,
        timeMs: found.bracket.firstNewMs,
        ...ofCluster,
        fromEdgeId: found.fromEdgeId,
        fromEdgeName,
        toEdgeId: found.toEdgeId,
        toEdgeName,
        bracket: found.bracket,
        gapMs: found.gapMs,
        oldRoleAfter: found.oldRoleAfter,
        cause: causeWithTraps(cause, found, old, nameOf, traps),
        witnesses,
        pollIntervalMs,
      };
    }
    case 'no-active-lb': {
      const last = found.lastActiveEdgeId;
      return {
        type: 'no-active-lb',
        timeMs: found.bracket.firstNewMs,
        ...ofCluster,
        bracket: found.bracket,
        lastActiveEdgeName: last === null ? null : nameOf(last),
        reasons: watched.view().reasons,
      };
    }
    case 'split-brain':
      return {
        type: 'split-brain',
        timeMs: found.bracket.firstNewMs,
        ...ofCluster,
        edgeNames: found.edgeIds.map(nameOf),
        bracket: found.bracket,
        overlappingReadings: found.overlappingReadings,
      };
    case 'flapping':
      return {
        type: 'flapping',
        timeMs: ofCluster.recordedAtMs,
        ...ofCluster,
        changes: found.changes,
        windowMs: found.windowMs,
      };
  }
}

/** What the table's "Last failover" column keeps of an event, or null for other events. */
export function lastFailoverOf(event: HeronEvent): LastFailover | null {
  if (event.type !== 'failover' && event.type !== 'failback') return null;
  const { type, fromEdgeName, toEdgeName, bracket, gapMs } = event;
  return { type, fromEdgeName, toEdgeName, bracket, gapMs };
}
