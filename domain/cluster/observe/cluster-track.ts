import { newRoleTrack, type RoleTrack } from './role-track';

/** A detected failover or failback, retained to detect failbacks and flapping. */
export interface PastRoleChange {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  atMonotonicMs: number;
}

/** What is known of a cluster's LBs between observations. */
export interface ClusterTrack {
  roles: Record<string, RoleTrack>;
  /** The LB last known to be the only master, also while none is and while it is silent. */
  activeEdgeId: string | null;
  /** Since when the active LB is active, UTC milliseconds; null when it already was at the first reading. */
  activeSinceMs: number | null;
  /** At one instant every LB answered and none was master; `sinceMs` is when the last master was first seen without the role. */
  noActive: { sinceMs: number; reported: boolean } | null;
  /** A confirmed split brain, since it was certain. */
  split: { edgeIds: string[]; sinceMs: number } | null;
  roleChanges: PastRoleChange[];
  flapping: boolean;
}

export function newClusterTrack(edgeIds: readonly string[]): ClusterTrack {
  return {
    roles: Object.fromEntries(edgeIds.map((id) => [id, newRoleTrack(id)])),
    activeEdgeId: null,
    activeSinceMs: null,
    noActive: null,
    split: null,
    roleChanges: [],
    flapping: false,
  };
}
