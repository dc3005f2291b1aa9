import type { Bracket } from '../event';
import type { LbRole } from '../role';
import type { ClusterTrack } from './cluster-track';
import { thresholds } from '../thresholds';
import type { RoleTrack } from './role-track';

/** A change of the active LB, with how sure its times are. */
export interface MoveFound {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  /** Covers the loss of the old and the rise of the new LB: both happened inside. */
  bracket: Bracket;
  gapMs: { atLeast: number; atMost: number };
  oldRoleAfter: LbRole;
}

/**
 * Describes the move of the active LB from `old` to `next`.
 *
 * The bracket opens at the last look at which the old state still held on both sides (the old LB was master, the new one
 * was not: with preemption both change in one instant and either may have been polled first) and closes when the new
 * master was first seen. After a confirmed split brain the move is the old LB's yielding.
 */
export function describeMove(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  oldIsSilent: boolean,
): MoveFound {
  const lastMaster = old.lastMaster;
  const firstMaster = next.first;
  if (!lastMaster || !firstMaster) throw new Error('a move needs an old and a new master that were seen');
  const before = next.lastNotMaster;
  // How much earlier than the old LB's last word the new one may have risen: since it was last seen without the role, and no
  // longer than CARP lets two masters overlap.
  const overlapMs = track.split
    ? 0
    : Math.min(
        thresholds.splitOverlapMs,
        Math.max(0, lastMaster.fromMonotonicMs - (before?.fromMonotonicMs ?? -Infinity)),
      );
  const opensMs = lastMaster.fromMs - overlapMs;
  const yielded = track.split && old.firstNotMaster ? old.firstNotMaster : firstMaster;
  const closes = yielded.toMonotonicMs < lastMaster.fromMonotonicMs - overlapMs ? lastMaster : yielded;
  const atMost = Math.max(0, firstMaster.toMonotonicMs - lastMaster.fromMonotonicMs);
  const surelyWithout =
    old.firstNotMaster && before && !oldIsSilent
      ? before.fromMonotonicMs - old.firstNotMaster.toMonotonicMs
      : 0;
  return {
    kind: isFailback(track, old, next, oldIsSilent) ? 'failback' : 'failover',
    fromEdgeId: old.edgeId,
    toEdgeId: next.edgeId,
    bracket: { lastOldMs: Math.round(opensMs), firstNewMs: Math.round(closes.toMs) },
    gapMs: { atLeast: Math.round(Math.min(atMost, Math.max(0, surelyWithout))), atMost: Math.round(atMost) },
    oldRoleAfter: oldIsSilent ? 'unknown' : old.role,
  };
}

/** Preemption leaves the old LB well: it stepped down to BACKUP (carp(4), net.inet.carp.preempt). */
function isFailback(track: ClusterTrack, old: RoleTrack, next: RoleTrack, oldIsSilent: boolean): boolean {
  return !oldIsSilent && old.role === 'backup' && mayHavePreempted(track, old, next);
}

/**
 * Whether `next` is the better placed LB, which takes the role back by itself: a lower advskew; where skews are equal or not
 * told, having lost the role to that very LB before.
 */
export function mayHavePreempted(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const oldSkew = skewOf(old);
  const nextSkew = skewOf(next);
  if (oldSkew !== null && nextSkew !== null && oldSkew !== nextSkew) return nextSkew < oldSkew;
  const lastMove = track.moves.at(-1);
  return lastMove?.fromEdgeId === next.edgeId && lastMove.toEdgeId === old.edgeId;
}

/** The advertisement interval in 1/256 s, as CARP compares it: advbase first, then advskew. */
export function skewOf(role: RoleTrack): number | null {
  const told = role.witnesses.find((word) => word.advskew !== null);
  if (!told || told.advskew === null) return null;
  return (told.advbase ?? 1) * 256 + told.advskew;
}
