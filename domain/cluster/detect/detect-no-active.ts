import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import type { Detection } from './detection';
import { isRoleUnknown } from '../observe/role-track';

/**
 * No LB is master, surely: there is an instant at which every one of them had answered something else and was to answer so
 * again. It is an event when it surely lasts longer than a take-over.
 */
export function detectNoActive(
  track: ClusterTrack,
  detections: Detection[],
  unreachable: ReadonlySet<string>,
): void {
  const asked = Object.values(track.roles).filter((role) => !unreachable.has(role.edgeId));
  // A BACKUP that waits longer than a take-over hears somebody advertise (carp(4)): perhaps one that we cannot ask.
  const heardByBackup = unreachable.size > 0 && asked.some((role) => role.role === 'backup');
  const open =
    heardByBackup || asked.some(({ withoutMaster, unreported }) => !withoutMaster || unreported !== null);
  if (asked.length === 0 || open) {
    if (asked.some((role) => role.role === 'master' && role.silentCount === 0)) track.noActive = null;
    return;
  }
  const active = track.activeEdgeId === null ? undefined : track.roles[track.activeEdgeId];
  const since = asked.flatMap(({ withoutMaster }) => withoutMaster ?? []);
  // One that is gone was master until it fell silent, as far as anybody can tell.
  if (active && unreachable.has(active.edgeId))
    since.push(...[active.sureSilence ?? active.lastSilent].filter((seen) => seen !== null));
  const from = since.reduce((latest, seen) => (seen.toMonotonicMs > latest.toMonotonicMs ? seen : latest));
  const sureTo = Math.min(...asked.map((role) => role.last?.fromMonotonicMs ?? 0));
  if (from.toMonotonicMs > sureTo && !(active && unreachable.has(active.edgeId))) return;
  if (asked.every((role) => !isRoleUnknown(role)))
    track.noActive ??= { sinceMs: active?.silence?.fromMs ?? from.toMs, reported: false };
  if (track.noActive?.reported || sureTo - from.toMonotonicMs < longestTakeOverMs(track)) return;
  track.noActive = { sinceMs: track.noActive?.sinceMs ?? from.toMs, reported: true };
  const opens = active?.lastMaster ?? from;
  detections.push({
    kind: 'no-active-lb',
    bracket: {
      lastOldMs: Math.round(opens.fromMs - thresholds.agentLagMs),
      firstNewMs: Math.round(Math.max(opens.fromMs, from.toMs)),
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
