import { thresholds } from '../../model/thresholds';
import { roleIn, type ClusterTrack, type ActiveChange } from '../observe/cluster-track';
import type { RoleObservation, RoleTrack } from '../observe/role-track';
import type { Detection } from './detection';

/** One observation of one LB: its track before, and which LB was active before it. */
export interface Observed {
  before: RoleTrack;
  seen: RoleObservation;
  active: string | null;
  unreachable: ReadonlySet<string>;
}

/**
 * Records what disturbed the active LB: a change that was just detected; the active LB that lost the role and regained it, though no
 * other one took over; another LB that was master beside it for a while.
 */
export function observeActiveChange(
  track: ClusterTrack,
  detections: readonly Detection[],
  at: Observed,
): void {
  const { before, seen, active } = at;
  const newest = track.activeChanges.at(-1);
  if (newest && seen.toMonotonicMs - newest.atMonotonicMs > thresholds.slowFlappingWindowMs) {
    track.activeChanges = [];
    track.unseenMs = 0;
  }
  const moved = detections.find(({ kind }) => kind === 'failover' || kind === 'failback');
  const changed =
    moved && 'gapMs' in moved
      ? { edgeIds: [moved.fromEdgeId, moved.toEdgeId], withoutActiveMs: moved.gapMs }
      : before.edgeId === active
        ? returned(track, at)
        : wasBeside(track, at);
  if (!changed) {
    track.unseenMs += unseenMs(track, at);
    return;
  }
  const { atLeast, atMost } = changed.withoutActiveMs;
  const change: ActiveChange = {
    edgeIds: changed.edgeIds,
    atMs: Math.round(seen.toMs),
    atMonotonicMs: seen.toMonotonicMs,
    withoutActiveMs: { atLeast, atMost: atMost + Math.ceil(track.unseenMs) },
  };
  track.unseenMs = 0;
  track.activeChanges = [
    ...track.activeChanges.filter(
      ({ atMonotonicMs }) => seen.toMonotonicMs - atMonotonicMs <= thresholds.slowFlappingWindowMs,
    ),
    change,
  ];
}

type Change = Pick<ActiveChange, 'edgeIds' | 'withoutActiveMs'>;

/** The active LB is master again after reports that it was not. */
function returned(track: ClusterTrack, { before, seen, active, unreachable }: Observed): Change | null {
  const { lastMaster, firstNotMaster, lastNotMaster } = before;
  if (seen.role !== 'master' || seen.silent || active !== track.activeEdgeId) return null;
  if (!lastMaster || !firstNotMaster || !lastNotMaster) return null;
  const atMost = seen.toMonotonicMs - (lastMaster.fromMonotonicMs - thresholds.agentLagMs);
  const atLeast = Math.min(atMost, surelyWithoutMs(track, before, lastNotMaster, unreachable));
  return {
    edgeIds: [before.edgeId],
    withoutActiveMs: { atLeast: Math.floor(atLeast), atMost: Math.ceil(atMost) },
  };
}

/** For how long certainly no LB was master, as every one of them had reported and reported again. */
function surelyWithoutMs(
  track: ClusterTrack,
  before: RoleTrack,
  lastNotMaster: RoleObservation,
  unreachable: ReadonlySet<string>,
): number {
  let [fromMs, toMs] = [before.withoutMaster?.toMonotonicMs ?? Infinity, lastNotMaster.fromMonotonicMs];
  for (const role of track.roles) {
    if (role.edgeId === before.edgeId) continue;
    // One that is unreachable may be master and not report it.
    if (unreachable.has(role.edgeId) || !role.withoutMaster || !role.lastNotMaster) return 0;
    fromMs = Math.max(fromMs, role.withoutMaster.toMonotonicMs);
    toMs = Math.min(toMs, role.lastNotMaster.fromMonotonicMs);
  }
  return Math.max(0, toMs - thresholds.agentLagMs - fromMs);
}

/** An LB that was master beside the active one is not any more. Backups that took over together are part of one take-over. */
function wasBeside(track: ClusterTrack, { before, seen }: Observed): Change | null {
  if (before.role !== 'master' || seen.silent || seen.role === 'master' || seen.role === 'unknown')
    return null;
  const active = roleIn(track, track.activeEdgeId);
  if (active?.role !== 'master' || before.edgeId === track.activeEdgeId) return null;
  const activeSinceMs = active.first?.toMonotonicMs ?? Infinity;
  // Its report as master must not be one from before the other took over.
  if ((before.lastMaster?.fromMonotonicMs ?? -Infinity) < activeSinceMs) return null;
  // A change that was detected since is this same loss.
  const lastMasterMs = before.lastMaster?.toMonotonicMs ?? 0;
  const isCounted = track.activeChanges.some(
    ({ edgeIds, atMonotonicMs }) => atMonotonicMs > lastMasterMs && edgeIds.includes(before.edgeId),
  );
  if (isCounted) return null;
  const tookOverMs = Math.abs(activeSinceMs - (before.first?.toMonotonicMs ?? 0));
  if (tookOverMs < thresholds.splitOverlapMs) return null;
  return { edgeIds: [before.edgeId], withoutActiveMs: { atLeast: 0, atMost: 0 } };
}

/** Of an active LB that was flapping: the time between two reports of MASTER, where it is long enough to hide a change. */
function unseenMs(track: ClusterTrack, { before, seen, active }: Observed): number {
  if (track.activeChanges.length === 0 || before.edgeId !== active || active !== track.activeEdgeId) return 0;
  if (seen.role !== 'master' || !before.lastMaster || before.firstNotMaster) return 0;
  const betweenMs = seen.toMonotonicMs - before.lastMaster.fromMonotonicMs;
  return betweenMs > thresholds.flappingUnseenMs ? betweenMs + thresholds.agentLagMs : 0;
}
