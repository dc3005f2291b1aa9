import { thresholds } from '../../model/thresholds';
import { roleIn, type ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { isRoleUnknown, mastersOf, type RoleObservation, type RoleTrack } from '../observe/role-track';

/** Detects a split brain. Two masters at one instant are normal while CARP takes over; a certain overlap of seconds is not. */
export function detectSplit(track: ClusterTrack, detections: Detection[], nowMonotonicMs: number): void {
  followSplit(track, detections, nowMonotonicMs);
  if (track.split) track.lastSplit = { ...track.split, atMonotonicMs: nowMonotonicMs };
}

function followSplit(track: ClusterTrack, detections: Detection[], nowMonotonicMs: number): void {
  const masters = mastersOf(track.roles).sort((a, b) => started(a) - started(b));
  const [first, second] = masters;
  if (!first || !second) {
    if (!first || !hasUnknownSuccessor(track, nowMonotonicMs)) track.split = null;
    return;
  }
  if (track.split && isAnother(track, masters)) track.split = track.lastSplit = null;
  if (track.split) {
    track.split = { ...track.split, edgeIds: masters.map((role) => role.edgeId) };
    return;
  }
  const certainFromMs = Math.max(started(first), started(second));
  const certainToMs = Math.min(first.last?.fromMonotonicMs ?? 0, second.last?.fromMonotonicMs ?? 0);
  const readings = Math.min(first.count, second.count);
  if (certainToMs - certainFromMs < thresholds.splitOverlapMs || readings < thresholds.splitReadings) return;
  // An LB whose role was unknown for a while may have been master all that time: its last other report counts.
  const opens = latest(first.lastNotMaster, second.lastNotMaster) ?? second.first;
  const edgeIds = masters.map((role) => role.edgeId);
  const resumed = resumedSplit(track.lastSplit, [first, second], certainFromMs);
  track.split = { edgeIds, sinceMs: resumed?.sinceMs ?? Math.ceil(second.first?.toMs ?? 0) };
  if (resumed) return;
  detections.push({
    kind: 'split-brain',
    edgeIds,
    bracket: {
      lastOldMs: Math.floor((opens?.fromMs ?? 0) - thresholds.agentLagMs),
      firstNewMs: track.split.sinceMs,
    },
    overlappingReadings: readings,
  });
}

/** The split brain that was reported, where two of its masters were only silent for a moment; null: this is another one. */
function resumedSplit(
  last: ClusterTrack['lastSplit'],
  masters: readonly RoleTrack[],
  certainFromMs: number,
): ClusterTrack['lastSplit'] {
  if (!last || certainFromMs - last.atMonotonicMs >= thresholds.bridgedSilenceMs) return null;
  const isSame = masters.every(
    ({ edgeId, lastNotMaster }) =>
      last.edgeIds.includes(edgeId) && (lastNotMaster?.toMonotonicMs ?? -Infinity) < last.atMonotonicMs,
  );
  return isSame ? last : null;
}

/**
 * Whether it is another split brain: one of the masters was lost, and the new master of its half was still BACKUP after that, so in
 * between only the other half had a master.
 */
function isAnother(track: ClusterTrack, masters: readonly RoleTrack[]): boolean {
  const lost = (track.split?.edgeIds ?? []).filter((id) => masters.every(({ edgeId }) => edgeId !== id));
  const lostMs = lost.map((id) => {
    const role = roleIn(track, id);
    return role?.firstNotMaster?.toMonotonicMs ?? role?.silence?.fromMonotonicMs ?? Infinity;
  });
  return lost.length > 0 && (masters[1]?.lastNotMaster?.fromMonotonicMs ?? -Infinity) > Math.max(...lostMs);
}

/**
 * A master of a split brain that steps down to BACKUP may have yielded to another LB in its half (a stopped one would be missed
 * first): until the others have reported since, the split brain is not known to be over.
 */
function hasUnknownSuccessor(track: ClusterTrack, nowMonotonicMs: number): boolean {
  const of = track.split?.edgeIds ?? [];
  const yielded = of.flatMap((id) => roleIn(track, id) ?? []).filter(({ role }) => role === 'backup');
  const yieldedMs = Math.max(
    ...yielded.map(({ firstNotMaster }) => firstNotMaster?.toMonotonicMs ?? -Infinity),
  );
  if (nowMonotonicMs - yieldedMs >= thresholds.takeOverAllowanceMs) return false;
  return track.roles.some(
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
