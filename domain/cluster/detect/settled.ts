import type { ClusterTrack } from '../observe/cluster-track';
import type { RoleObservation } from '../observe/role-track';

/** Whether two tracks of one cluster tell the same about it, apart from its LBs' own roles. */
export function tellTheSame(before: ClusterTrack, after: ClusterTrack): boolean {
  return (
    before.activeEdgeId === after.activeEdgeId &&
    before.activeSinceMs === after.activeSinceMs &&
    before.noActive === after.noActive &&
    before.split === after.split
  );
}

/**
 * Whether a word on an LB meets a cluster in which anything is open: an LB that is silent or says nothing, none or several that
 * are master, or a role that changes. Else it cannot matter who is gone or unwell.
 */
export function isOpen(track: ClusterTrack, edgeId: string, seen: RoleObservation): boolean {
  if (seen.silent || track.roles[edgeId]?.role !== seen.role) return true;
  if (track.split || track.noActive || track.activeEdgeId === null) return true;
  let masters = 0;
  for (const { role, silentCount, untold } of Object.values(track.roles)) {
    if (silentCount > 0 || untold !== null || role === 'unknown') return true;
    if (role === 'master') masters += 1;
  }
  return masters !== 1 || track.roles[track.activeEdgeId]?.role !== 'master';
}
