import { newRoleTrack, type RoleObservation, type RoleTrack } from './role-track';

/** A detected failover or failback, retained to detect failbacks and flapping. */
export interface PastRoleChange {
  kind: 'failover' | 'failback';
  fromEdgeId: string;
  toEdgeId: string;
  atMonotonicMs: number;
}

/** The active LB changed, or lost the role and regained it, or another LB was master beside it for a while. */
export interface ActiveChange {
  edgeIds: string[];
  atMs: number;
  atMonotonicMs: number;
  /** Bounds of the time without an active LB that it brought, milliseconds. */
  withoutActiveMs: { atLeast: number; atMost: number };
}

/** A time in which the active LB changes again and again, since its first change. */
export interface Flapping {
  sinceMs: number;
  lastMs: number;
  /** The changes so far, those that were reported last, and the window in which they made it flapping. */
  changes: number;
  reportedChanges: number;
  windowMs: number;
  edgeIds: string[];
  withoutActiveMs: { atLeast: number; atMost: number };
}

/**
 * Times since the last report of a master at which certainly no LB was master. Between two of them one was silent, or reported no role.
 * Monotonic milliseconds.
 */
export interface WithoutMaster {
  /** The observation that completed the first of them. */
  first: RoleObservation;
  /** The latest of them. */
  sinceMs: number;
  untilMs: number;
  /** The sum of the earlier ones. */
  earlierMs: number;
  /** The LBs that were BACKUP. */
  backups: readonly string[];
}

/** What is known of a cluster's LBs between observations. */
export interface ClusterTrack {
  /** A list instead of a record by id: V8 would need a hidden class per cluster, and copies a list many times faster. */
  roles: readonly RoleTrack[];
  /** The LB last known to be the only master, also while none is and while it is silent. */
  activeEdgeId: string | null;
  /** Since when the active LB is active, UTC milliseconds; null when it already was at the first reading. */
  activeSinceMs: number | null;
  /**
   * At one instant every LB answered and none was master; `sinceMs` is when the last master was first seen without the role. It is not
   * `certain` while the role of one of them is unknown.
   */
  noActive: { sinceMs: number; reported: boolean; certain: boolean } | null;
  withoutMaster: WithoutMaster | null;
  /** A confirmed split brain. `sinceMs`: when the second master was first seen, which is also the time of its event. */
  split: { edgeIds: string[]; sinceMs: number } | null;
  /** The masters of the latest split brain, and when it last was one (monotonic milliseconds). */
  lastSplit: { edgeIds: string[]; sinceMs: number; atMonotonicMs: number } | null;
  roleChanges: PastRoleChange[];
  /** What disturbed the active LB within the last hour. */
  activeChanges: ActiveChange[];
  /** Time since the last of `activeChanges` in which a change may have gone unseen, milliseconds. */
  unseenMs: number;
  flapping: Flapping | null;
  /** Of LBs that are not active: when each was seen to stop, monotonic milliseconds. */
  stops: Readonly<Record<string, readonly number[]>>;
  /** The LBs that stop and start again and again while another one is active. */
  flappingLbs: readonly string[];
}

export function newClusterTrack(edgeIds: readonly string[]): ClusterTrack {
  return {
    roles: edgeIds.map(newRoleTrack),
    activeEdgeId: null,
    activeSinceMs: null,
    noActive: null,
    withoutMaster: null,
    split: null,
    lastSplit: null,
    roleChanges: [],
    activeChanges: [],
    unseenMs: 0,
    flapping: null,
    stops: {},
    flappingLbs: [],
  };
}

/** What is known of one of a cluster's LBs. */
export function roleIn({ roles }: Pick<ClusterTrack, 'roles'>, edgeId: string | null): RoleTrack | undefined {
  return edgeId === null ? undefined : roles.find((role) => role.edgeId === edgeId);
}
