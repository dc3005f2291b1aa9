import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';

/** What the edge's state means for users, in a sentence that may be followed by the name of its cluster. */
export function meaningForUsers(cluster: ClusterView, edge: EdgeView): string {
  if (edge.health === 'disabled') return ending(cluster, edge, 'It is deliberately not monitored.');
  return ending(
    cluster,
    edge,
    cluster.kind === 'standalone' ? standaloneMeaning(edge) : memberMeaning(cluster, edge),
  );
}

function ending(cluster: ClusterView, edge: EdgeView, words: string): string {
  if (cluster.kind === 'standalone') return words;
  if (edge.role !== 'master') return `${words} Edge of`;
  const isSole = cluster.activeLb.kind === 'one' && cluster.activeLb.edgeId === edge.id;
  return `${words} It is ${isSole ? 'the active LB' : 'MASTER, but not known to be the only one,'} of`;
}

/** What the whole cluster lacks concerns users before the state of one edge does. */
function memberMeaning(cluster: ClusterView, edge: EdgeView): string {
  if (cluster.health === 'no-active-lb') return 'Users of the cluster are cut off: it has no active LB.';
  if (cluster.health === 'down' || cluster.users?.state === 'not-served')
    return 'Users of the cluster are not served.';
  if (cluster.health === 'split-brain') return 'The cluster has a split brain, so users may reach it or not.';
  const others = cluster.edges.filter(
    ({ id, health }) => id !== edge.id && (health === 'up' || health === 'degraded'),
  ).length;
  if (edge.health === 'down') {
    if (others === 0) return 'No other edge is known to serve users.';
    return `It serves no users. ${others} other ${others === 1 ? 'edge is' : 'edges are'} up.`;
  }
  if (edge.health === 'unknown') return 'Whether it serves users is unknown.';
  if (edge.health === 'maintenance') return 'Planned work: it may serve users or not.';
  return cluster.activeLb.kind === 'one'
    ? 'It serves users.'
    : 'It is able to serve users; which LB is active is unknown.';
}

function standaloneMeaning({ health }: EdgeView): string {
  if (health === 'down') return 'Its users are cut off: a standalone edge cannot fail over.';
  if (health === 'unknown') return 'Whether it serves users is unknown.';
  if (health === 'maintenance') return 'Planned work: it may serve users or not.';
  return 'It serves users. A standalone edge cannot fail over.';
}
