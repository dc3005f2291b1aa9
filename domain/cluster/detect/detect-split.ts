import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { isRoleUnknown, mastersOf, type RoleObservation, type RoleTrack } from '../observe/role-track';

/** Two masters at one instant are normal while CARP takes over; a sure overlap of some seconds is not. */
export function detectSplit(track: ClusterTrack, detections: Detection[], nowMonotonicMs: number): void {
  const masters = mastersOf(track.roles).sort((a, b) => started(a) - started(b));
  const [first, second] = masters;
  if (!first || !second) {
    if (!first || !hasUnknownSuccessor(track, nowMonotonicMs)) track.split = null;
    return;
  }
  if (track.split && isAnother(track, masters)) track.split = null;
  if (track.split) {
    track.split = { ...track.split, edgeIds: masters.map((role) => role.edgeId) };
    return;
  }
  const sureFrom = Math.max(started(first), started(second));
  const sureTo = Math.min(first.last?.fromMonotonicMs ?? 0, second.last?.fromMonotonicMs ?? 0);
  const readings = Math.min(first.count, second.count);
  if (sureTo - sureFrom < thresholds.splitOverlapMs || readings < thresholds.splitReadings) return;
  // One that was not heard for a while may have been master all that time: its last other word counts.
  const opens = latest(first.lastNotMaster, second.lastNotMaster) ?? second.first;
  track.split = { edgeIds: masters.map((role) => role.edgeId), sinceMs: second.first?.toMs ?? 0 };
  detections.push({
    kind: 'split-brain',
    edgeIds: track.split.edgeIds,
    bracket: {
      lastOldMs: Math.round((opens?.fromMs ?? 0) - thresholds.agentLagMs),
      firstNewMs: Math.round(second.first?.toMs ?? 0),
    },
    overlappingReadings: readings,
  });
}

/**
 * One of the split brain's masters was lost, and the one that rose in its half was still BACKUP when it already was: in between
 * only the other half had a master.
 */
function isAnother(track: ClusterTrack, masters: readonly RoleTrack[]): boolean {
  const lost = (track.split?.edgeIds ?? []).filter((id) => masters.every(({ edgeId }) => edgeId !== id));
  const lostMs = lost.map((id) => {
    const role = track.roles[id];
    return role?.firstNotMaster?.toMonotonicMs ?? role?.silence?.fromMonotonicMs ?? Infinity;
  });
  return lost.length > 0 && (masters[1]?.lastNotMaster?.fromMonotonicMs ?? -Infinity) > Math.max(...lostMs);
}

/**
 * When a master of a split brain steps down to BACKUP, it may be to another of its own half (one that stops is missed first):
 * until the others were heard since, the split brain is not known to be over.
 */
function hasUnknownSuccessor(track: ClusterTrack, nowMonotonicMs: number): boolean {
  const of = track.split?.edgeIds ?? [];
  const yielded = of.flatMap((id) => track.roles[id] ?? []).filter(({ role }) => role === 'backup');
  const yieldedMs = Math.max(
    ...yielded.map(({ firstNotMaster }) => firstNotMaster?.toMonotonicMs ?? -Infinity),
  );
  if (nowMonotonicMs - yieldedMs >= thresholds.takeOverAllowanceMs) return false;
  return Object.values(track.roles).some(
    (role) =>
      role.role === 'backup' &&
      !isRoleUnknown(role) &&
      !of.includes(role.edgeId) &&
      (role.last?.fromMonotonicMs ?? 0) < yieldedMs,
  );
}

function latest(a: RoleObservation | null, b: RoleObservation | null): RoleObservation | null {
  if (!a || !b) return a ?? b;
  return a.fromMonotonicMs > b.fromMonotonicMs ? a : b;
}

function started(role: RoleTrack): number {
  return role.first?.toMonotonicMs ?? Infinity;
}
