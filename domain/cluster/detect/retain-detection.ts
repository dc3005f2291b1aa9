import type { ClusterTrack } from '../observe/cluster-track';

/**
 * What is remembered of a cluster's LBs after its configuration changed: the words on the LBs in `kept` stay, and who is
 * active when that one stayed. `fresh` has the LBs of the new configuration.
 */
export function keptDetection(
  fresh: ClusterTrack,
  previous: ClusterTrack,
  kept: ReadonlySet<string>,
): ClusterTrack {
  const roles = { ...fresh.roles };
  for (const id of Object.keys(roles)) {
    const role = previous.roles[id];
    if (role && kept.has(id)) roles[id] = role;
  }
  const activeStays = previous.activeEdgeId !== null && kept.has(previous.activeEdgeId);
  if (!activeStays) return { ...fresh, roles };
  const { activeEdgeId, activeSinceMs, flapping } = previous;
  const moves = previous.moves.filter((move) => kept.has(move.fromEdgeId) && kept.has(move.toEdgeId));
  return { ...fresh, roles, activeEdgeId, activeSinceMs, moves, flapping };
}
