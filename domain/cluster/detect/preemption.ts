import type { ClusterTrack } from '../observe/cluster-track';
import type { RoleTrack } from '../observe/role-track';

/**
 * Whether `next` has the better priority (a lower advskew), and so preempts without a failure. Where the skews are equal or
 * unknown, the latest change that involves the two decides: `next` lost the role by a failover, or preempted `old`; or it was
 * preempted by `old`, and then its priority is worse.
 */
export function mayHavePreempted(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const oldSkew = skewOf(old);
  const nextSkew = skewOf(next);
  if (oldSkew !== null && nextSkew !== null && oldSkew !== nextSkew) return nextSkew < oldSkew;
  const latest = track.roleChanges.findLast(({ kind, fromEdgeId, toEdgeId }) => {
    if (kind === 'failover') return fromEdgeId === next.edgeId;
    const pair = [fromEdgeId, toEdgeId];
    return pair.includes(old.edgeId) && pair.includes(next.edgeId);
  });
  return latest !== undefined && (latest.kind === 'failover' || latest.toEdgeId === next.edgeId);
}

/** The advertisement interval in 1/256 s, as CARP compares it: advbase first, then advskew. */
export function skewOf(role: RoleTrack): number | null {
  const reported = role.witnesses.find((word) => word.advskew !== null);
  if (!reported || reported.advskew === null) return null;
  return (reported.advbase ?? 1) * 256 + reported.advskew;
}

/** Whether the LB's role is reported by no witness, and only inferred from traffic. */
export function isInferred(role: RoleTrack): boolean {
  return role.witnesses.length > 0 && role.witnesses.every(({ witness }) => witness === 'traffic');
}
