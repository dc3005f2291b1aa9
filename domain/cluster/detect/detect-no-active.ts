import { thresholds } from '../../model/thresholds';
import { roleIn, type ClusterTrack, type WithoutMaster } from '../observe/cluster-track';
import type { Detection } from './detection';
import { isRoleUnknown, type RoleObservation } from '../observe/role-track';

/**
 * Detects that certainly no LB is master: there is an instant at which each of them had reported another role and went on to report
 * it again. It is an event when it certainly lasts longer than a take-over, answers that are missing in between left out.
 */
export function detectNoActive(
  track: ClusterTrack,
  detections: Detection[],
  unreachable: ReadonlySet<string>,
  nowMonotonicMs: number,
): void {
  const candidates = track.roles.filter((role) => !unreachable.has(role.edgeId));
  const certain = candidates.every((role) => !isRoleUnknown(role));
  if (track.noActive?.certain && !certain) track.noActive = { ...track.noActive, certain };
  // A BACKUP that waits longer than a take-over receives advertisements (carp(4)), perhaps from an LB that does not answer us.
  const backupHasMaster = unreachable.size > 0 && candidates.some((role) => role.role === 'backup');
  const undecided =
    backupHasMaster ||
    candidates.some(({ withoutMaster, unreported }) => !withoutMaster || unreported !== null);
  const isMasterReported = candidates.some((role) => role.role === 'master' && role.silentCount === 0);
  if (isMasterReported || backupHasMaster) track.withoutMaster = null;
  if (candidates.length === 0 || undecided) {
    if (isMasterReported) track.noActive = null;
    return;
  }
  const active = roleIn(track, track.activeEdgeId);
  const alternating = candidates.filter(({ edgeId }) => isAlternating(track, edgeId, nowMonotonicMs));
  if (alternating.length > 0) track.withoutMaster = null;
  const since = candidates.flatMap(
    (role) => (alternating.includes(role) ? role.answeredWithoutMaster : role.withoutMaster) ?? [],
  );
  // One that is unreachable was master until it fell silent, as far as can be known.
  if (active && unreachable.has(active.edgeId))
    since.push(...[active.sureSilence ?? active.lastSilent].filter((seen) => seen !== null));
  const from = since.reduce((latest, seen) => (seen.toMonotonicMs > latest.toMonotonicMs ? seen : latest));
  const certainToMs = Math.min(...candidates.map((role) => role.last?.fromMonotonicMs ?? 0));
  if (from.toMonotonicMs > certainToMs && !(active && unreachable.has(active.edgeId))) return;
  if (certain && !track.noActive?.certain) {
    const sinceMs = active?.silence?.fromMs ?? from.toMs;
    track.noActive = { sinceMs, reported: track.noActive?.reported ?? false, certain };
  }
  const backups = candidates.filter(({ role }) => role === 'backup').map(({ edgeId }) => edgeId);
  track.withoutMaster = continued(track.withoutMaster, from, certainToMs, backups);
  const { first, sinceMs, untilMs, earlierMs } = track.withoutMaster;
  if (track.noActive?.reported || earlierMs + untilMs - sinceMs < longestTakeOverMs(track)) return;
  track.noActive = { sinceMs: track.noActive?.sinceMs ?? first.toMs, reported: true, certain };
  const lastOld = active?.lastMaster ?? first;
  detections.push({
    kind: 'no-active-lb',
    bracket: {
      lastOldMs: Math.floor(lastOld.fromMs - thresholds.agentLagMs),
      firstNewMs: Math.ceil(Math.max(lastOld.fromMs, first.toMs)),
    },
    lastActiveEdgeId: track.activeEdgeId,
  });
}

/**
 * Extends the time without a master to `toMs` (monotonic), counting no part twice. It restarts when an LB that reported BACKUP no longer
 * does, because that LB may have been master in between.
 */
function continued(
  before: WithoutMaster | null,
  from: RoleObservation,
  toMs: number,
  backups: readonly string[],
): WithoutMaster {
  const sinceMs = from.toMonotonicMs;
  const untilMs = Math.max(sinceMs, toMs);
  const restarted = { first: from, sinceMs, untilMs, earlierMs: 0, backups };
  if (!before || sinceMs < before.sinceMs) return restarted;
  if (sinceMs > before.sinceMs && !before.backups.every((id) => backups.includes(id))) return restarted;
  const endedMs = Math.min(before.untilMs, sinceMs);
  return { ...restarted, first: before.first, earlierMs: before.earlierMs + endedMs - before.sinceMs };
}

/** Whether an LB loses the role and regains it so often that it may have been master wherever an answer is missing. */
function isAlternating({ activeChanges }: ClusterTrack, edgeId: string, nowMonotonicMs: number): boolean {
  const recent = activeChanges.filter(
    ({ edgeIds, atMonotonicMs }) =>
      edgeIds.includes(edgeId) && nowMonotonicMs - atMonotonicMs <= thresholds.alternatingWindowMs,
  );
  return recent.length >= thresholds.alternatingChanges;
}

/** Three missed advertisements of the slowest LB (carp(4)) and an allowance for the poll. */
function longestTakeOverMs(track: ClusterTrack): number {
  const intervals = track.roles.flatMap((role) =>
    role.witnesses.map(
      (word) => (word.advbase ?? thresholds.defaultAdvbaseSeconds) + (word.advskew ?? 0) / 256,
    ),
  );
  return 3_000 * Math.max(thresholds.defaultAdvbaseSeconds, ...intervals) + thresholds.takeOverAllowanceMs;
}
