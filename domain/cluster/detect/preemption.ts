import type { ClusterTrack } from '../observe/cluster-track';
import type { RoleTrack } from '../observe/role-track';

/** Skews are compared up to here, however far an LB is demoted (CARP_MAXSKEW of FreeBSD's carp(4)). */
const maxSkew = 240;

/**
 * Whether `next` has the better priority (a lower advskew, a higher VRRP priority), and so preempts without a failure. An LB that is
 * demoted loses the role because it is sick: its configured priority counts. Where the priorities are equal or unknown, the latest
 * change that involves the two decides: `next` lost the role by a failover, or preempted `old`; or it was preempted by `old`, and
 * then its priority is worse.
 */
export function mayHavePreempted(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  if (next.witnesses.some(({ preempt }) => preempt === false)) return false;
  const oldSkew = skewOf(old, 'configured');
  const nextSkew = skewOf(next);
  if (oldSkew !== null && nextSkew !== null && oldSkew !== nextSkew) return nextSkew < oldSkew;
  const latest = track.roleChanges.findLast(({ kind, fromEdgeId, toEdgeId }) => {
    if (kind === 'failover') return fromEdgeId === next.edgeId;
    const pair = [fromEdgeId, toEdgeId];
    return pair.includes(old.edgeId) && pair.includes(next.edgeId);
  });
  return latest !== undefined && (latest.kind === 'failover' || latest.toEdgeId === next.edgeId);
}

/** Whether `next` has the better priority only because `old` is demoted. */
export function isPreferredByDemotion(old: RoleTrack, next: RoleTrack): boolean {
  if (next.witnesses.some(({ preempt }) => preempt === false)) return false;
  const [configured, effective, nextSkew] = [skewOf(old, 'configured'), skewOf(old), skewOf(next)];
  if (configured === null || effective === null || nextSkew === null) return false;
  return configured < nextSkew && nextSkew < effective;
}

/**
 * The advertisement interval in 1/256 s, as CARP compares it: advbase first, then advskew with the demotion. VRRP's priority gives
 * its skew time (RFC 5798 section 6.1). Null: not reported.
 */
export function skewOf(
  { witnesses }: RoleTrack,
  as: 'configured' | 'effective' = 'effective',
): number | null {
  const reported = witnesses.find((word) => word.advskew !== null);
  if (reported && reported.advskew !== null) {
    const demotion = as === 'effective' ? (reported.demotion ?? 0) : 0;
    const skew = demotion > 0 ? Math.min(reported.advskew + demotion, maxSkew) : reported.advskew;
    return (reported.advbase ?? 1) * 256 + skew;
  }
  for (const { priority, basePriority } of witnesses) {
    const counts = as === 'effective' ? (priority ?? basePriority) : (basePriority ?? priority);
    if (counts !== undefined) return 256 + 256 - counts;
  }
  return null;
}

/** Whether the LB's role is reported by no witness, and only inferred from traffic. */
export function isInferred(role: RoleTrack): boolean {
  return role.witnesses.length > 0 && role.witnesses.every(({ witness }) => witness === 'traffic');
}
