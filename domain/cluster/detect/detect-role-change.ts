import { thresholds } from '../../model/thresholds';
import { roleIn, type ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { pollsOfSilence } from '../observe/packet-loss';
import { describeRoleChange } from './role-change';
import { mayHavePreempted, skewOf } from './preemption';
import {
  isSilent,
  isLongUnreported,
  isRoleUnknown,
  isRoleUnreported,
  mastersOf,
  type RoleObservation,
  type RoleTrack,
} from '../observe/role-track';

/** Detects that the active LB changed: the old one lost the role, as far as can be known, and one other has it. */
export function detectRoleChange(
  track: ClusterTrack,
  detections: Detection[],
  seen: RoleObservation,
  unreachable: ReadonlySet<string>,
  failed: ReadonlySet<string>,
): void {
  const old = roleIn(track, track.activeEdgeId);
  const masters = mastersOf(track.roles);
  const others = masters.filter((role) => role !== old);
  const survivor = old && survivorOfSplit(old, others);
  const only = survivor ?? (others.length === 1 ? others[0] : undefined);
  if (!only) {
    if (old?.role === 'master' && track.noActive) track.activeSinceMs = old.first?.toMs ?? seen.toMs;
    return;
  }
  if (!old) {
    track.activeEdgeId = only.edgeId;
    track.activeSinceMs = only.lastNotMaster ? (only.first?.toMs ?? seen.toMs) : null;
    return;
  }
  const silent =
    (wasBeside(track, old, only) ? isLongUnreported(old) : isRoleUnreported(old)) ||
    unreachable.has(old.edgeId) ||
    (isSilent(old) &&
      (old.silentCount >= Math.max(thresholds.silentPollsInDoubt, pollsOfSilence(old.loss) + 2) ||
        survivor !== undefined ||
        !isSilenceDoubtful(track, old, only)));
  // It answers again but reports no role yet: wait.
  if (!silent && (old.role === 'master' || old.role === 'unknown')) return;
  if (track.split || !isStillMaster(old, only, silent)) return;
  const waitingMs = seen.toMonotonicMs - (only.first?.toMonotonicMs ?? 0);
  const mayBeAnother =
    betterLbMayTakeOver(track, old, only, failed) ||
    thirdMayBeMaster(track, old, only, unreachable, seen.toMonotonicMs);
  if (waitingMs < thresholds.takeOverAllowanceMs && mayBeAnother) return;
  const change = describeRoleChange(track, old, only, { oldIsSilent: silent, failed, unreachable }, seen);
  detections.push(change);
  track.activeEdgeId = only.edgeId;
  track.activeSinceMs = change.bracket.firstNewMs;
  track.roleChanges = [
    ...track.roleChanges,
    {
      kind: change.kind,
      fromEdgeId: old.edgeId,
      toEdgeId: only.edgeId,
      atMonotonicMs: only.first?.toMonotonicMs ?? 0,
    },
  ].slice(-50);
}

/**
 * Whether the new master was one when the old one no longer was. Of two that were master together, the one that was read first may have
 * lost the role as well. One that steps down to BACKUP has received the other's advertisement (carp(4)).
 */
function isStillMaster(old: RoleTrack, only: RoleTrack, oldIsSilent: boolean): boolean {
  if (!oldIsSilent && old.role === 'backup') return only.silentCount === 0;
  const lost = oldIsSilent ? (old.silence ?? old.unreported?.first) : old.firstNotMaster;
  return (only.last?.toMonotonicMs ?? 0) >= (lost?.fromMonotonicMs ?? 0);
}

/**
 * In a split brain one half loses its master and elects another. Until then the other half's master was the only one, so it has the
 * role from the loss on, and the new master starts another split brain.
 */
function survivorOfSplit(old: RoleTrack, others: readonly RoleTrack[]): RoleTrack | undefined {
  if (others.length < 2 || (old.role === 'master' && !isSilent(old))) return undefined;
  const lastMs = old.lastMaster?.fromMonotonicMs ?? -Infinity;
  const established = others.filter(({ first }) => (first?.toMonotonicMs ?? Infinity) < lastMs);
  return established.length === 1 ? established[0] : undefined;
}

/**
 * Several backups may take over within a tenth of a second of each other, and the one with the best priority keeps the role
 * (observed with ucarp); of equal ones a single one. One that was only polled first is not the new active LB before those with a better or
 * the same priority have stayed BACKUP for longer than that. An LB whose edge reports that it cannot serve does not take over.
 */
function betterLbMayTakeOver(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  failed: ReadonlySet<string>,
): boolean {
  const nextSkew = skewOf(next) ?? 0;
  const roseMs = next.first?.toMonotonicMs ?? 0;
  return track.roles.some((role) => {
    if (role === old || role === next || role.role !== 'backup' || role.silentCount > 0) return false;
    if (failed.has(role.edgeId)) return false;
    return (
      (skewOf(role) ?? Infinity) <= nextSkew &&
      (role.last?.fromMonotonicMs ?? Infinity) < roseMs + thresholds.rivalsMs
    );
  });
}

/** Whether a third LB was master beside the old one until it fell silent just now: it may be the one that is left. */
function thirdMayBeMaster(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  unreachable: ReadonlySet<string>,
  nowMonotonicMs: number,
): boolean {
  return track.roles.some((role) => {
    const { lastMaster, firstNotMaster, edgeId } = role;
    if (role === old || role === next || !lastMaster || firstNotMaster || unreachable.has(edgeId))
      return false;
    return isRoleUnknown(role) && nowMonotonicMs - lastMaster.toMonotonicMs < thresholds.longSilenceMs;
  });
}

/** The old master was master beside others, or may just have been preempted: its silence may be lost packets. */
function isSilenceDoubtful(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  return wasBeside(track, old, next) || mayHavePreempted(track, old, next);
}

/** Whether the old master was last seen as one of several: the others rose without its loss. */
function wasBeside({ lastSplit }: ClusterTrack, { edgeId, lastMaster }: RoleTrack, next: RoleTrack): boolean {
  const lastMs = lastMaster?.fromMonotonicMs ?? -Infinity;
  if (lastMs > (next.masterSince?.toMonotonicMs ?? Infinity)) return true;
  return lastSplit !== null && lastSplit.edgeIds.includes(edgeId) && lastMs <= lastSplit.atMonotonicMs;
}
