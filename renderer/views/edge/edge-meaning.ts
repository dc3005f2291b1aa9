import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';

/** What the edge's state means for users, in a sentence that may be followed by the name of its cluster. */
export function meaningForUsers(cluster: ClusterView, edge: EdgeView): string {
  if (cluster.kind === 'standalone') return standaloneMeaning(edge);
  if (edge.health === 'disabled') return 'It is deliberately not monitored. Edge of';
  const others = cluster.edges.filter(
    ({ id, health }) => id !== edge.id && (health === 'up' || health === 'degraded'),
  ).length;
  const served = servedWords(cluster, edge, others);
  if (edge.role === 'master')
    return `${served} It is ${isSole(cluster, edge) ? 'the active LB' : 'one of several MASTERs'} of`;
  return `${served} Edge of`;
}

function isSole({ activeLb }: ClusterView, { id }: EdgeView): boolean {
  return activeLb.kind === 'one' && activeLb.edgeId === id;
}

function servedWords(cluster: ClusterView, edge: EdgeView, others: number): string {
  if (cluster.health === 'no-active-lb') return 'Users of the cluster are cut off: it has no active LB.';
  if (edge.health === 'down')
    return others > 0
      ? `Users are served by ${others} other ${others === 1 ? 'edge' : 'edges'}.`
      : 'No other edge is known to serve users.';
  if (edge.health === 'unknown') return 'Whether it serves users is unknown.';
  return 'It serves users.';
}

function standaloneMeaning({ health }: EdgeView): string {
  if (health === 'disabled') return 'It is deliberately not monitored.';
  if (health === 'down') return 'Its users are cut off: a standalone edge cannot fail over.';
  if (health === 'unknown') return 'Whether it serves users is unknown.';
  return 'It serves users. A standalone edge cannot fail over.';
}
