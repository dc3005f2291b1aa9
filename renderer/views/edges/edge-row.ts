import { roleWords } from '../../../domain/words/roles';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import { healthRank } from '../../../domain/model/health';
import { compareNames } from '../../../domain/words/worst-first';
import { folded } from '../../state/fleet/search';
import { stateWords } from '../../words/states';

/** A row of the edges table: an edge, and the cluster it belongs to (null: standalone). */
export interface EdgeRow {
  id: string;
  edge: EdgeView;
  cluster: ClusterView | null;
  /** The id of its row in the clusters table. */
  clusterRowId: string;
}

/** All edges, standalone ones included. */
export function edgeRows(clusters: readonly ClusterView[]): EdgeRow[] {
  return clusters.flatMap((cluster) =>
    cluster.edges.map((edge) => ({
      id: edge.id,
      edge,
      cluster: cluster.kind === 'cluster' ? cluster : null,
      clusterRowId: cluster.id,
    })),
  );
}

/** Worst state first, then by cluster and number. Never 0 for two different edges. */
export function compareWorstEdgeFirst(a: EdgeRow, b: EdgeRow): number {
  return (
    healthRank(a.edge.health) - healthRank(b.edge.health) ||
    compareNames(a.cluster?.name ?? '', b.cluster?.name ?? '') ||
    compareNames(a.edge.name, b.edge.name) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

const haystacks = new WeakMap<EdgeView, string>();

/** Whether every term occurs in one of the edge's own fields or its cluster's name and site. */
export function edgeMatches({ edge, cluster }: EdgeRow, terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  let haystack = haystacks.get(edge);
  if (haystack === undefined) {
    haystack = folded(
      [
        edge.name,
        cluster?.name ?? 'standalone',
        cluster?.site ?? '',
        edge.proxyIp,
        edge.lbIp ?? '',
        edge.managementIp ?? '',
        edge.subscription ?? '',
        stateWords[edge.health].word,
        roleWords[edge.role],
        ...edge.reasons.flatMap(({ fact, detail }) => [fact, detail]),
      ].join('\n'),
    );
    haystacks.set(edge, haystack);
  }
  return terms.every((term) => haystack.includes(term));
}
