import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { isRoleUnknown } from '../observe/role-track';

/**
 * Detects that certainly no LB is master: there is an instant at which each of them had reported another role and went on to report
 * it again. It is an event when it certainly lasts longer than a take-over.
 */
export function detectNoActive(
  track: ClusterTrack,
  detections: Detection[],
  unreachable: ReadonlySet<string>,
): void {
  const candidates = Object.values(track.roles).filter((role) => !unreachable.has(role.edgeId));
  const certain = candidates.every((role) => !isRoleUnknown(role));
  if (track.noActive?.certain && !certain) track.noActive = { ...track.noActive, certain };
  // A BACKUP that waits longer than a take-over receives advertisements (carp(4)), perhaps from an LB that does not answer us.
  const backupHasMaster = unreachable.size > 0 && candidates.some((role) => role.role === 'backup');
  const undecided =
    backupHasMaster ||
    candidates.some(({ withoutMaster, unreported }) => !withoutMaster || unreported !== null);
  if (candidates.length === 0 || undecided) {
    if (candidates.some((role) => role.role === 'master' && role.silentCount === 0)) track.noActive = null;
    return;
  }
  const active = track.activeEdgeId === null ? undefined : track.roles[track.activeEdgeId];
  const since = candidates.flatMap(
    (role) => (track.flapping ? role.answeredWithoutMaster : role.withoutMaster) ?? [],
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
  if (track.noActive?.reported || certainToMs - from.toMonotonicMs < longestTakeOverMs(track)) return;
  track.noActive = { sinceMs: track.noActive?.sinceMs ?? from.toMs, reported: true, certain };
  const lastOld = active?.lastMaster ?? from;
  detections.push({
    kind: 'no-active-lb',
    bracket: {
      lastOldMs: Math.round(lastOld.fromMs - thresholds.agentLagMs),
      firstNewMs: Math.round(Math.max(lastOld.fromMs, from.toMs)),
    },
    lastActiveEdgeId: track.activeEdgeId,
  });
}

/** Three missed advertisements of the slowest LB (carp(4)) and an allowance for the poll. */
function longestTakeOverMs(track: ClusterTrack): number {
  const intervals = Object.values(track.roles).flatMap((role) =>
    role.witnesses.map(
      (word) => (word.advbase ?? thresholds.defaultAdvbaseSeconds) + (word.advskew ?? 0) / 256,
    ),
  );
  return 3_000 * Math.max(thresholds.defaultAdvbaseSeconds, ...intervals) + thresholds.takeOverAllowanceMs;
}
