import { sentence } from '../words/sentence';
import type { Cluster, Edge } from '../inventory/inventory';
import type { Acknowledgement } from '../model/acknowledgement';
import type { Bracket, FailoverEvent, HeronEvent } from '../model/event';
import { uptimeWrapMs, type UptimeTrack } from '../model/uptime';
import type { ClusterView, LastFailover } from '../model/snapshot';
import type { TrapEvidence } from '../traps/evidence';
import { causeOf } from './detect/cause';
import { causeWithTraps } from './detect/cause-with-traps';
import type { Change } from './detect/change';
import type { Detection } from './detect/detection';
import type { RoleChange } from './detect/role-change';
import { lbFlappingReason } from './judge/flapping-reasons';
import type { EdgeTrack } from './observe/edge-track';
import type { RoleTrack } from './observe/role-track';
import type { GapBounds } from './observe/user-outage';

/** A monitored row as far as its events need it. */
export interface MonitoredRow {
  readonly cluster: Cluster | null;
  readonly edges: readonly Edge[];
  readonly acknowledged: Acknowledgement | null;
  track(edgeId: string): EdgeTrack;
  /** What is known of an edge's LB; undefined where it has none. */
  roleTrack(edgeId: string): RoleTrack | undefined;
  /** How long users were not served around a change; null: unknown, or not known yet. */
  usersGap(bracket: Bracket): GapBounds | null;
  view(): ClusterView;
}

/** What an event records besides the change itself. */
export interface EventContext {
  /** UTC now. */
  nowMs: number;
  rolePollIntervalMs: number;
  /** The longest interval between full polls of the row's edges; absent: not known. */
  healthIntervalMs?: number;
  /** The traps that the row's edges sent within the last minute. */
  traps: () => readonly TrapEvidence[];
}

/** The event that reports a change; null for changes that are recorded as spans only. */
export function eventOf(
  change: Change,
  row: MonitoredRow,
  { nowMs, rolePollIntervalMs, healthIntervalMs, traps }: EventContext,
): HeronEvent | null {
  const recordedAtMs = Math.round(nowMs);
  if (change.kind === 'edge-reasons' || change.kind === 'cluster-reasons') return null;
  const cluster = row.cluster;
  const ofCluster = { recordedAtMs, clusterId: cluster?.id ?? '', clusterName: cluster?.name ?? '' };
  if (change.kind === 'detected')
    return cluster ? detectionEvent(change.detection, row, ofCluster, rolePollIntervalMs, traps()) : null;
  const timeMs = Math.round(change.atMs);
  if (change.kind === 'finding') {
    const aboutNoEdge = { edgeId: null, edgeName: null };
    return cluster ? { type: 'finding', timeMs, ...ofCluster, ...aboutNoEdge, reason: change.reason } : null;
  }
  if (change.kind === 'cluster-state') {
    const dated = { ...datedState(change, healthIntervalMs), roleIntervalMs: rolePollIntervalMs };
    return cluster ? { type: 'cluster-state', timeMs, ...ofCluster, ...dated } : null;
  }
  const ofEdge = {
    timeMs,
    recordedAtMs,
    clusterId: cluster?.id ?? null,
    clusterName: cluster?.name ?? null,
    edgeId: change.edge.id,
    edgeName: change.edge.name,
  };
  if (change.kind === 'edge-state')
    return { type: 'edge-state', ...ofEdge, ...datedState(change, healthIntervalMs) };
  const track = row.track(change.edge.id);
  const failure = track.snmp.lastFailure;
  const reasons =
    change.seen.silent && failure
      ? [{ code: 'silent', fact: `${change.edge.name} does not answer.`, detail: sentence(failure.words) }]
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

/** A change of state, and how well polls date it. */
function datedState(
  { from, to, reasons, bracket }: Extract<Change, { kind: 'edge-state' | 'cluster-state' }>,
  healthIntervalMs: number | undefined,
) {
  return {
    ...{ from, to, reasons },
    ...(bracket && { stateBracket: bracket }),
    ...(healthIntervalMs === undefined ? {} : { healthIntervalMs }),
  };
}

interface OfCluster {
  recordedAtMs: number;
  clusterId: string;
  clusterName: string;
}

function detectionEvent(
  detection: Detection,
  row: MonitoredRow,
  ofCluster: OfCluster,
  pollIntervalMs: number,
  traps: readonly TrapEvidence[],
): HeronEvent {
  const nameOf = nameIn(row);
  switch (detection.kind) {
    case 'failover':
    case 'failback':
      return roleChangeEvent(detection, row, ofCluster, pollIntervalMs, traps);
    case 'no-active-lb': {
      const last = detection.lastActiveEdgeId;
      return {
        type: 'no-active-lb',
        timeMs: detection.bracket.firstNewMs,
        ...ofCluster,
        bracket: detection.bracket,
        ...usersGapOf(row, detection.bracket),
        lastActiveEdgeName: last === null ? null : nameOf(last),
        reasons: row.view().reasons,
      };
    }
    case 'split-brain':
      return {
        type: 'split-brain',
        timeMs: detection.bracket.firstNewMs,
        ...ofCluster,
        edgeNames: detection.edgeIds.map(nameOf),
        bracket: detection.bracket,
        overlappingReadings: detection.overlappingReadings,
      };
    case 'flapping':
      return {
        type: 'flapping',
        timeMs: ofCluster.recordedAtMs,
        ...ofCluster,
        changes: detection.changes,
        windowMs: detection.windowMs,
        phase: detection.phase,
        sinceMs: detection.sinceMs,
        edgeNames: detection.edgeIds.map(nameOf),
        withoutActiveMs: detection.withoutActiveMs,
      };
    case 'lb-flapping':
      return {
        type: 'finding',
        timeMs: ofCluster.recordedAtMs,
        ...ofCluster,
        edgeId: detection.edgeId,
        edgeName: nameOf(detection.edgeId),
        reason: lbFlappingReason(nameOf(detection.edgeId)),
      };
  }
}

function roleChangeEvent(
  change: RoleChange,
  row: MonitoredRow,
  ofCluster: OfCluster,
  pollIntervalMs: number,
  traps: readonly TrapEvidence[],
): HeronEvent {
  const { kind, fromEdgeId, toEdgeId, bracket, gapMs, oldRoleAfter } = change;
  const nameOf = nameIn(row);
  const [fromEdgeName, toEdgeName] = [nameOf(fromEdgeId), nameOf(toEdgeId)];
  const old = row.track(fromEdgeId);
  const cause = causeOf(change, fromEdgeName, toEdgeName, old);
  return {
    type: kind,
    timeMs: bracket.firstNewMs,
    ...ofCluster,
    fromEdgeId,
    fromEdgeName,
    toEdgeId,
    toEdgeName,
    bracket,
    gapMs,
    ...usersGapOf(row, bracket),
    oldRoleAfter,
    cause: causeWithTraps(cause, change, old, nameOf, traps),
    ...(cause.kind === 'edge-unreachable' ? uptimesBefore(old) : {}),
    witnesses: row.view().edges.find((edge) => edge.id === toEdgeId)?.witnesses ?? [],
    pollIntervalMs,
  };
}

/** For the correction of the cause after a restart of Heron. */
function uptimesBefore(old: EdgeTrack): Pick<FailoverEvent, 'uptimesBefore'> {
  const { systemUptime, agentUptime, lastPollMs, lastPollMonotonicMs, http, tcp } = old;
  const latest = systemUptime ?? agentUptime;
  const isServing = [http, tcp].some(({ asked, failures }) => asked && failures === 0);
  if (!latest || isServing || lastPollMs === null || lastPollMonotonicMs === null) return {};
  const totalMs = (track: UptimeTrack | null): number | null => {
    if (!track) return null;
    // Both at the time of the former.
    const laterMs = latest.atMonotonicMs - track.atMonotonicMs;
    return Math.round(track.uptimeMs + track.wraps * uptimeWrapMs + laterMs);
  };
  const atMs = Math.round(lastPollMs - (lastPollMonotonicMs - latest.atMonotonicMs));
  return { uptimesBefore: { atMs, machineMs: totalMs(systemUptime), agentMs: totalMs(agentUptime) } };
}

function usersGapOf(row: MonitoredRow, bracket: Bracket): { usersGapMs?: GapBounds } {
  const usersGapMs = row.usersGap(bracket);
  return usersGapMs ? { usersGapMs } : {};
}

function nameIn({ edges }: MonitoredRow): (edgeId: string) => string {
  return (edgeId) => edges.find(({ id }) => id === edgeId)?.name ?? edgeId;
}

/** The last failover to show for a cluster, from an event; null for other events. */
export function lastFailoverOf(event: HeronEvent): LastFailover | null {
  if (event.type !== 'failover' && event.type !== 'failback') return null;
  const { type, fromEdgeName, toEdgeName, bracket, gapMs, usersGapMs } = event;
  return { type, fromEdgeName, toEdgeName, bracket, gapMs, ...(usersGapMs ? { usersGapMs } : {}) };
}
