import type { Cluster, Edge } from './inventory';

/** The id of a standalone edge's row: it is none of a cluster with the same id. */
export function standaloneRowId({ id }: Pick<Edge, 'id'>): string {
  return `edge:${id}`;
}

/** The id of the row of a cluster, or of the one edge that has none. */
export function rowId(cluster: Cluster | null, edges: readonly Edge[]): string {
  return cluster?.id ?? (edges[0] ? standaloneRowId(edges[0]) : '');
}
