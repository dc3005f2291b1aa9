import type { ClusterTrack } from './cluster-track';
import type { RoleTrack } from './role-track';

/**
 * The LBs worth another look soon: all that answer, while the LB that is known to be active is not the one and only that says
 * it is master. None while it is, and none in a cluster that never had an active LB.
 */
export function openLbs(track: ClusterTrack): string[] {
  if (track.activeEdgeId === null) return [];
  const heard = Object.values(track.roles).filter(isHeard);
  const masters = heard.filter(({ role }) => role === 'master');
  if (masters.length === 1 && masters[0]?.edgeId === track.activeEdgeId) return [];
  return heard.map(({ edgeId }) => edgeId);
}

/** Its latest poll was answered, with a word on its role. */
function isHeard({ silentCount, untold, last }: RoleTrack): boolean {
  return silentCount === 0 && untold === null && last !== null;
}
