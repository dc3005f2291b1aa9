import type { Bracket } from '../event';
import type { LbRole } from '../role';
import type { ClusterTrack } from './cluster-track';
import { thresholds } from '../thresholds';
import type { RoleObservation, RoleTrack } from './role-track';

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
 * was not: with preemption both change in one instant and either may have been polled first) and closes when the new one
 * had been seen as master and the old one without the role. Where both were master for longer than CARP lets them overlap,
 * the move is the old LB's yielding, and closes with what made the new one the only master.
 */
export function describeMove(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  oldIsSilent: boolean,
  seen: RoleObservation,
): MoveFound {
  const lastMaster = old.lastMaster;
  const firstMaster = next.first;
  if (!lastMaster || !firstMaster) throw new Error('a move needs an old and a new master that were seen');
  const before = next.lastNotMaster;
  // How much earlier than the old LB's last word the new one may have risen: since it was last seen without the role, and no
  // longer than CARP lets two masters overlap.
  const afterSplit = lastMaster.fromMonotonicMs - firstMaster.toMonotonicMs > thresholds.splitOverlapMs;
  const overlapMs = afterSplit
    ? 0
    : Math.min(
        thresholds.splitOverlapMs,
        Math.max(0, lastMaster.fromMonotonicMs - (before?.fromMonotonicMs ?? -Infinity)),
      );
  const opensMs = lastMaster.fromMs - overlapMs;
  const yielded = afterSplit
    ? ((oldIsSilent ? null : lastYielding(track, next)) ?? seen)
    : yieldingOf(old, firstMaster, oldIsSilent, seen);
  const closes = yielded.toMonotonicMs > firstMaster.toMonotonicMs ? yielded : firstMaster;
  const lostFromMs = lastMaster.fromMonotonicMs - thresholds.agentLagMs;
  const atMost = Math.max(0, firstMaster.toMonotonicMs - lostFromMs);
  const surelyWithout =
    old.firstNotMaster && before && !oldIsSilent
      ? before.fromMonotonicMs - thresholds.agentLagMs - old.firstNotMaster.toMonotonicMs
      : 0;
  return {
    kind: isFailback(track, old, next, oldIsSilent, atMost) ? 'failback' : 'failover',
    fromEdgeId: old.edgeId,
    toEdgeId: next.edgeId,
    bracket: { lastOldMs: Math.round(opensMs - thresholds.agentLagMs), firstNewMs: Math.round(closes.toMs) },
    gapMs: { atLeast: Math.round(Math.min(atMost, Math.max(0, surelyWithout))), atMost: Math.round(atMost) },
    oldRoleAfter: oldIsSilent ? 'unknown' : old.role,
  };
}

/** The look that saw the last of those yield that had been master beside `next`; null when none was seen to. */
function lastYielding(track: ClusterTrack, next: RoleTrack): RoleObservation | null {
  const risenMs = next.first?.toMonotonicMs ?? Infinity;
  return Object.values(track.roles)
    .filter((role) => role !== next && (role.lastMaster?.fromMonotonicMs ?? -Infinity) > risenMs)
    .flatMap(({ firstNotMaster }) => firstNotMaster ?? [])
    .reduce<RoleObservation | null>(
      (latest, seen) => (latest && latest.toMonotonicMs > seen.toMonotonicMs ? latest : seen),
      null,
    );
}

/** The first look that surely came after the old LB's loss. A silent one is taken to be lost by the new one's rise at the latest. */
function yieldingOf(
  old: RoleTrack,
  firstMaster: RoleObservation,
  oldIsSilent: boolean,
  seen: RoleObservation,
): RoleObservation {
  if (!oldIsSilent && old.firstNotMaster) return old.firstNotMaster;
  return (old.lastMaster?.fromMonotonicMs ?? -Infinity) > firstMaster.toMonotonicMs ? seen : firstMaster;
}

/** Preemption leaves the old LB well: it stepped down to BACKUP (carp(4), net.inet.carp.preempt). */
function isFailback(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  oldIsSilent: boolean,
  gapAtMostMs: number,
): boolean {
  if (oldIsSilent || old.role !== 'backup' || !mayHavePreempted(track, old, next)) return false;
  // Traffic calls a stopped LB a backup, too. Only a change faster than three missed advertisements was surely preemption.
  return !isInferred(old) || gapAtMostMs < 3_000 * thresholds.defaultAdvbaseSeconds;
}

function isInferred(role: RoleTrack): boolean {
  return role.witnesses.length > 0 && role.witnesses.every(({ witness }) => witness === 'traffic');
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
