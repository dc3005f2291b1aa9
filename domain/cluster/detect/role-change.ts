import type { Bracket } from '../../model/event';
import type { LbRole } from '../../model/role';
import type { ClusterTrack } from '../observe/cluster-track';
import { thresholds } from '../../model/thresholds';
import { isInferred, isPreferredByDemotion, mayHavePreempted } from './preemption';
import { demotionWords } from './carp-checks';
import type { RoleObservation, RoleTrack } from '../observe/role-track';

/** A change of the active LB, with the bounds of its times. */
export interface RoleChange {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  /** Covers both the old LB's loss of the role and the new one's rise. */
  bracket: Bracket;
  gapMs: { atLeast: number; atMost: number };
  oldRoleAfter: LbRole;
  /** When the first answer ended that showed the old LB without the role, UTC milliseconds; null: it does not answer. */
  oldLostSeenMs: number | null;
  /** When the old LB was read as BACKUP, as the first answer after its loss: it was running then. Absent: it was not. */
  oldYieldedMs?: number;
  /** When the old LB, which had stopped, was read as BACKUP or MASTER again: what fails later does not explain its loss. */
  oldRanAgainMs?: number;
  /** The old LB stepped down because of its demotion, in words; absent: not known to. */
  oldDemoted?: string;
  /** When the old LB’s service stopped reporting although its agent went on answering; absent: it did not. */
  oldStoppedReporting?: Bracket;
}

/** What a change is described by besides the LBs' own reports; see `detect`. */
interface RoleChangeSurroundings {
  oldIsSilent: boolean;
  failed: ReadonlySet<string>;
  unreachable: ReadonlySet<string>;
}

/** What else distinguishes a failback from a failover. */
interface RoleChangeFacts {
  oldIsSilent: boolean;
  /** There was a certain time in which neither of the two was master. */
  hadGap: boolean;
  failed: ReadonlySet<string>;
}

/**
 * Describes the change of the active LB from `old` to `next`.
 *
 * The bracket opens at the last reading at which neither had changed (with preemption both change at the same instant, and either
 * may have been polled first), and closes when the new one had been seen as master and the old one without the role. Where both were
 * master for longer than CARP lets them overlap, the change is the old LB's yielding, and the bracket closes with the reading that
 * made the new one the only master.
 */
export function describeRoleChange(
  track: ClusterTrack,
  old: RoleTrack,
  next: RoleTrack,
  { oldIsSilent, failed, unreachable }: RoleChangeSurroundings,
  seen: RoleObservation,
): RoleChange {
  const lastMaster = old.lastMaster;
  const firstMaster = next.first;
  if (!lastMaster || !firstMaster)
    throw new Error('a change needs an old and a new master that were observed');
  const before = next.lastNotMaster;
  // How long before the old LB's last report the new one may have risen: since it was last seen without the role, and at most
  // as long as CARP lets two masters overlap.
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
  const neither =
    old.firstNotMaster && before && !oldIsSilent
      ? { fromMs: old.firstNotMaster.toMonotonicMs, toMs: before.fromMonotonicMs - thresholds.agentLagMs }
      : { fromMs: 0, toMs: 0 };
  const isReturn = isFailback(track, old, next, {
    oldIsSilent,
    hadGap: neither.toMs - neither.fromMs > 0.5,
    failed,
  });
  const others = track.roles.filter(
    (role) => role !== old && role !== next && role.last !== null && !unreachable.has(role.edgeId),
  );
  const gapAtLeastMs = Math.floor(Math.min(atMost, withoutOthersMs(neither, others)));
  return {
    kind: isReturn ? 'failback' : 'failover',
    fromEdgeId: old.edgeId,
    toEdgeId: next.edgeId,
    bracket: { lastOldMs: Math.floor(opensMs - thresholds.agentLagMs), firstNewMs: Math.ceil(closes.toMs) },
    gapMs: { atLeast: gapAtLeastMs, atMost: Math.ceil(atMost) },
    oldRoleAfter: oldIsSilent ? 'unknown' : old.role,
    oldLostSeenMs: oldIsSilent ? null : (old.firstNotMaster?.toMs ?? null),
    ...(oldIsSilent ? {} : { ...runningAt(old), ...demotedFor(old, next) }),
    ...stoppedReporting(old),
  };
}

/** How much of a time certainly had none of these LBs as master, either. */
function withoutOthersMs({ fromMs, toMs }: { fromMs: number; toMs: number }, others: RoleTrack[]): number {
  const since = others.map(({ withoutMaster }) => withoutMaster?.toMonotonicMs ?? Infinity);
  const until = others.map(
    ({ lastNotMaster }) => (lastNotMaster?.fromMonotonicMs ?? -Infinity) - thresholds.agentLagMs,
  );
  return Math.max(0, Math.min(toMs, ...until) - Math.max(fromMs, ...since));
}

function runningAt(old: RoleTrack): Pick<RoleChange, 'oldYieldedMs' | 'oldRanAgainMs'> {
  const { firstNotMaster } = old;
  // Traffic shows a stopped LB as BACKUP, too.
  if (!firstNotMaster || isInferred(old)) return {};
  if (firstNotMaster.role === 'backup') return { oldYieldedMs: firstNotMaster.toMs };
  const runsAgainMs = runningSinceMs(old, firstNotMaster.toMs);
  return runsAgainMs === null ? {} : { oldRanAgainMs: runsAgainMs };
}

/** One that steps down to BACKUP has received a better advertisement: whether its demotion made the other one better. */
export function demotedFor(old: RoleTrack, next: RoleTrack): Pick<RoleChange, 'oldDemoted'> {
  if (old.firstNotMaster?.role !== 'backup' || !isPreferredByDemotion(old, next)) return {};
  const words = old.witnesses.map(demotionWords).find((one) => one !== null);
  return words ? { oldDemoted: words } : {};
}

/** Since when, after `afterMs`, an LB has been read as BACKUP or MASTER; null: it has not. UTC milliseconds. */
export function runningSinceMs(role: RoleTrack, afterMs: number): number | null {
  const { first } = role;
  if ((role.role !== 'backup' && role.role !== 'master') || !first || isInferred(role)) return null;
  return first.toMs > afterMs ? first.toMs : null;
}

function stoppedReporting({ last, unreported }: RoleTrack): Pick<RoleChange, 'oldStoppedReporting'> {
  if (!last || !unreported?.firstLost) return {};
  const { firstLost } = unreported;
  return {
    oldStoppedReporting: { lastOldMs: Math.floor(last.fromMs), firstNewMs: Math.ceil(firstLost.toMs) },
  };
}

/** The observation of the last LB to yield of those that were master together with `next`; null when none was observed. */
function lastYielding(track: ClusterTrack, next: RoleTrack): RoleObservation | null {
  const risenMs = next.first?.toMonotonicMs ?? Infinity;
  return track.roles
    .filter((role) => role !== next && (role.lastMaster?.fromMonotonicMs ?? -Infinity) > risenMs)
    .flatMap(({ firstNotMaster }) => firstNotMaster ?? [])
    .reduce<RoleObservation | null>(
      (latest, seen) => (latest && latest.toMonotonicMs > seen.toMonotonicMs ? latest : seen),
      null,
    );
}

/** The first observation certainly after the old LB's loss. A silent LB counts as lost when the new one rose, at the latest. */
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
 * With preemption the old LB stays healthy, and the cluster is never without a master: the old one steps down to BACKUP when it receives
 * the better one's advertisement (carp(4), net.inet.carp.preempt). A role inferred from traffic is BACKUP for a stopped LB too, so
 * such an LB must not be among the `failed`.
 */
function isFailback(track: ClusterTrack, old: RoleTrack, next: RoleTrack, facts: RoleChangeFacts): boolean {
  if (facts.oldIsSilent || old.lostWhileUnknown || old.role !== 'backup') return false;
  if (facts.hadGap || track.noActive?.reported) return false;
  if (isInferred(old) && facts.failed.has(old.edgeId)) return false;
  return mayHavePreempted(track, old, next);
}
