import type { ClusterTrack } from '../observe/cluster-track';
import type { RoleTrack } from '../observe/role-track';

/**
 * The LBs worth another look soon: all that answer, and the one that was active even if it does not, while that one is not the
 * one and only that says it is master. None while it is, and none in a cluster that never had an active LB.
 */
export function openLbs(track: ClusterTrack): string[] {
  if (track.activeEdgeId === null) return [];
  const roles = Object.values(track.roles);
  const active = track.roles[track.activeEdgeId];
  const other = roles.some((role) => role !== active && role.role === 'master' && isHeard(role));
  if (!other && active?.role === 'master' && isHeard(active)) return [];
  const heard = roles.filter(isHeard);
  const ids = heard.map(({ edgeId }) => edgeId);
  return ids.includes(track.activeEdgeId) ? ids : [...ids, track.activeEdgeId];
}

/** Its latest poll was answered, with a word on its role. */
function isHeard({ silentCount, untold, last }: RoleTrack): boolean {
  return silentCount === 0 && untold === null && last !== null;
}
