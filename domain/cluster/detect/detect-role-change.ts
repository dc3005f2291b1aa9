import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { pollsOfSilence } from '../observe/packet-loss';
import { describeRoleChange } from './role-change';
import { mayHavePreempted, skewOf } from './preemption';
import {
  isSilent,
  isRoleUnreported,
  mastersOf,
  type RoleObservation,
  type RoleTrack,
} from '../observe/role-track';

/** The active LB changed: the old one lost the role, as far as can be known, and one other has it. */
export function detectRoleChange(
  track: ClusterTrack,
  detections: Detection[],
  seen: RoleObservation,
  unreachable: ReadonlySet<string>,
  failed: ReadonlySet<string>,
): void {
  const old = track.activeEdgeId === null ? undefined : track.roles[track.activeEdgeId];
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
    isRoleUnreported(old) ||
    unreachable.has(old.edgeId) ||
    (isSilent(old) &&
      (old.silentCount >= Math.max(thresholds.silentPollsInDoubt, pollsOfSilence(old.loss) + 2) ||
        survivor !== undefined ||
        !inDoubt(track, old, only)));
  // One that answers again and has not said its role yet will say it, or be silent about it for long enough.
  if (!silent && (old.role === 'master' || old.role === 'unknown')) return;
  if (track.split) return;
  const waitsSinceMs = seen.toMonotonicMs - (only.first?.toMonotonicMs ?? 0);
  if (waitsSinceMs < thresholds.takeOverAllowanceMs && betterLbMayTakeOver(track, old, only, failed)) return;
  const move = describeRoleChange(track, old, only, { oldIsSilent: silent, failed }, seen);
  detections.push(move);
  track.activeEdgeId = only.edgeId;
  track.activeSinceMs = move.bracket.firstNewMs;
  track.roleChanges = [
    ...track.roleChanges,
    {
      kind: move.kind,
      fromEdgeId: old.edgeId,
      toEdgeId: only.edgeId,
      atMonotonicMs: only.first?.toMonotonicMs ?? 0,
    },
  ].slice(-50);
}

/**
 * One of two halves loses its master and elects another. Until that one rose the other half's master was the only one: it
 * has the role from then on, and the newcomer is a new split brain's.
 */
function survivorOfSplit(old: RoleTrack, others: readonly RoleTrack[]): RoleTrack | undefined {
  if (others.length < 2 || (old.role === 'master' && !isSilent(old))) return undefined;
  const lastMs = old.lastMaster?.fromMonotonicMs ?? -Infinity;
  const beside = others.filter(({ first }) => (first?.toMonotonicMs ?? Infinity) < lastMs);
  return beside.length === 1 ? beside[0] : undefined;
}

/**
 * Several backups may take over within a tenth of a second of each other, and the best placed of them keeps the role
 * (seen with ucarp). A worse placed one that was merely polled first is not the new LB before the better ones were heard to
 * stay BACKUP for longer than that. One whose edge says that it cannot serve does not rise.
 */
function betterLbMayTakeOver(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  failed: ReadonlySet<string>,
): boolean {
  const nextSkew = skewOf(next) ?? 0;
  const risenMs = next.first?.toMonotonicMs ?? 0;
  return Object.values(track.roles).some((role) => {
    if (role === old || role === next || role.role !== 'backup' || role.silentCount > 0) return false;
    if (failed.has(role.edgeId)) return false;
    return (
      (skewOf(role) ?? Infinity) < nextSkew &&
      (role.last?.fromMonotonicMs ?? Infinity) < risenMs + thresholds.rivalsMs
    );
  });
}

/** The old master was seen beside the new one, or may just have been preempted: its silence may be lost packets. */
function inDoubt(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const seenBeside = (old.lastMaster?.fromMonotonicMs ?? -Infinity) > (next.first?.toMonotonicMs ?? Infinity);
  return seenBeside || mayHavePreempted(track, old, next);
}
