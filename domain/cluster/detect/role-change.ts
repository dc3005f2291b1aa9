import type { Bracket } from '../../model/event';
import type { LbRole } from '../../model/role';
import type { ClusterTrack } from '../observe/cluster-track';
import { thresholds } from '../../model/thresholds';
import { isInferred, mayHavePreempted } from './preemption';
import type { RoleObservation, RoleTrack } from '../observe/role-track';

/** A change of the active LB, with how sure its times are. */
export interface RoleChange {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  /** Covers the loss of the old and the rise of the new LB: both happened inside. */
  bracket: Bracket;
  gapMs: { atLeast: number; atMost: number };
  oldRoleAfter: LbRole;
}

/** What else tells a failback from a failover. */
interface RoleChangeFacts {
  oldIsSilent: boolean;
  gapAtLeastMs: number;
  failed: ReadonlySet<string>;
}

/**
 * Describes the move of the active LB from `old` to `next`.
 *
 * The bracket opens at the last look at which the old state still held on both sides (the old LB was master, the new one
 * was not: with preemption both change in one instant and either may have been polled first) and closes when the new one
 * had been seen as master and the old one without the role. Where both were master for longer than CARP lets them overlap,
 * the move is the old LB's yielding, and closes with what made the new one the only master.
 */
export function describeRoleChange(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  { oldIsSilent, failed }: { oldIsSilent: boolean; failed: ReadonlySet<string> },
  seen: RoleObservation,
): RoleChange {
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
  const gapAtLeastMs = Math.round(Math.min(atMost, Math.max(0, surelyWithout)));
  const isBack = isFailback(track, old, next, { oldIsSilent, gapAtLeastMs, failed });
  return {
    kind: isBack ? 'failback' : 'failover',
    fromEdgeId: old.edgeId,
    toEdgeId: next.edgeId,
    bracket: { lastOldMs: Math.round(opensMs - thresholds.agentLagMs), firstNewMs: Math.round(closes.toMs) },
    gapMs: { atLeast: gapAtLeastMs, atMost: Math.round(atMost) },
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
  return (old.lastMaster?.toMonotonicMs ?? -Infinity) > firstMaster.toMonotonicMs ? seen : firstMaster;
}

/**
 * Preemption leaves the old LB well, and the cluster never without a master: the old one steps down to BACKUP when it hears
 * the better one advertise (carp(4), net.inet.carp.preempt). Traffic calls a stopped LB a backup, too: of an inferred one
 * `failed` must say nothing worse.
 */
function isFailback(track: ClusterTrack, old: RoleTrack, next: RoleTrack, facts: RoleChangeFacts): boolean {
  if (facts.oldIsSilent || old.lostWhileUnknown || old.role !== 'backup') return false;
  if (facts.gapAtLeastMs > 0 || track.noActive?.reported) return false;
  if (isInferred(old) && facts.failed.has(old.edgeId)) return false;
  return mayHavePreempted(track, old, next);
}
