import { roleIn, type ClusterTrack } from '../observe/cluster-track';
import type { RoleObservation, RoleTrack } from '../observe/role-track';

/** Whether two tracks of one cluster agree on its active LB, apart from the roles of the individual LBs. */
export function sameOutcome(before: ClusterTrack, after: ClusterTrack): boolean {
  return (
    before.activeEdgeId === after.activeEdgeId &&
    before.activeSinceMs === after.activeSinceMs &&
    before.noActive === after.noActive &&
    before.split === after.split &&
    before.flapping === after.flapping &&
    before.flappingLbs === after.flappingLbs
  );
}

/**
 * Whether exactly one LB is master, every role is known, and `seen` reports the same role as before. Then it does not matter which
 * LBs are unreachable or failed.
 */
export function isSettled(track: ClusterTrack, edgeId: string, seen: RoleObservation): boolean {
  if (seen.silent || roleIn(track, edgeId)?.role !== seen.role) return false;
  if (track.split || track.noActive || track.activeEdgeId === null) return false;
  let masters = 0;
  for (const { role, silentCount, unreported } of track.roles) {
    if (silentCount > 0 || unreported !== null || role === 'unknown') return false;
    if (role === 'master') masters += 1;
  }
  return masters === 1 && roleIn(track, track.activeEdgeId)?.role === 'master';
}

/**
 * The LBs to poll again soon: unless the active LB is the only one that reports MASTER, all that report a role, and the active one
 * even when it does not answer. None in a cluster that never had an active LB.
 */
export function undecidedLbs(track: ClusterTrack): string[] {
  if (track.activeEdgeId === null) return [];
  const { roles } = track;
  const active = roleIn(track, track.activeEdgeId);
  const other = roles.some((role) => role !== active && role.role === 'master' && isReporting(role));
  if (!other && active?.role === 'master' && isReporting(active)) return [];
  const ids = roles.filter(isReporting).map(({ edgeId }) => edgeId);
  return ids.includes(track.activeEdgeId) ? ids : [...ids, track.activeEdgeId];
}

/** Its latest poll was answered, and the answer reported a role. */
function isReporting({ silentCount, unreported, last }: RoleTrack): boolean {
  return silentCount === 0 && unreported === null && last !== null;
}
