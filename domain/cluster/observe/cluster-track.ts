import { newRoleTrack, type RoleTrack } from './role-track';

/** A failover or failback that was found, kept to tell failback and flapping from it. */
export interface PastRoleChange {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  atMonotonicMs: number;
}

/** What is remembered of a cluster's LBs between observations. */
export interface ClusterTrack {
  roles: Record<string, RoleTrack>;
  /** The LB last known to be the only master. It stays here while nobody is, and while it is silent. */
  activeEdgeId: string | null;
  /** Since when the active LB is active; null when it already was at the first look. UTC milliseconds. */
  activeSinceMs: number | null;
  /** Every LB answered and none was master at one instant; `sinceMs` is when the last master was first seen without it. */
  noActive: { sinceMs: number; reported: boolean } | null;
  /** Confirmed split brain, from when it was sure. */
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
