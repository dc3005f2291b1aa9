import type { ClusterTrack, Move } from './cluster-track';
import type { RoleTrack } from './role-track';

/**
 * Whether `next` is the better placed LB, which takes the role back by itself: a lower advskew; where skews are equal or not
 * told, one that has preempted this very LB before, or, if neither has, one that lost the role by a failover and has not had
 * it since.
 */
export function mayHavePreempted(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const oldSkew = skewOf(old);
  const nextSkew = skewOf(next);
  if (oldSkew !== null && nextSkew !== null && oldSkew !== nextSkew) return nextSkew < oldSkew;
  const between = track.moves.findLast(
    ({ kind, fromEdgeId, toEdgeId }) =>
      kind === 'failback' &&
      ((fromEdgeId === old.edgeId && toEdgeId === next.edgeId) ||
        (fromEdgeId === next.edgeId && toEdgeId === old.edgeId)),
  );
  return between ? between.toEdgeId === next.edgeId : displaced(track.moves).includes(next.edgeId);
}

/** The LBs that lost the role by a failover and were not active since, the latest last. */
function displaced(moves: readonly Move[]): string[] {
  return moves.reduce<string[]>((ids, { kind, fromEdgeId, toEdgeId }) => {
    const others = ids.filter((id) => id !== toEdgeId && id !== fromEdgeId);
    // Who was preempted is worse placed, and waits for no return.
    return kind === 'failover' ? [...others, fromEdgeId] : others;
  }, []);
}

/** The advertisement interval in 1/256 s, as CARP compares it: advbase first, then advskew. */
export function skewOf(role: RoleTrack): number | null {
  const told = role.witnesses.find((word) => word.advskew !== null);
  if (!told || told.advskew === null) return null;
  return (told.advbase ?? 1) * 256 + told.advskew;
}

/** Nobody tells the LB's role outright: it is inferred from traffic. */
export function isInferred(role: RoleTrack): boolean {
  return role.witnesses.length > 0 && role.witnesses.every(({ witness }) => witness === 'traffic');
}
