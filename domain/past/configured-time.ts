import type { TimeRange } from '../model/history';
import { allEdges, standaloneRowId, type Inventory } from '../inventory/inventory';

/** An inventory and the moment from which it was in force, UTC milliseconds. */
export interface InventoryVersion {
  atMs: number;
  inventory: Inventory;
}

/** A stretch of time in which a cluster or an edge was configured. */
export interface ConfiguredTime extends TimeRange {
  enabled: boolean;
}

/** When clusters and edges were configured within a range, oldest first. */
export interface ConfiguredTimes {
  cluster(id: string): readonly ConfiguredTime[];
  edge(id: string): readonly ConfiguredTime[];
  /** The cluster that the edge belonged to last; null: none, or no such edge. */
  clusterOfEdge(edgeId: string): string | null;
}

/** A name as it was last, and every name there was. */
interface Named {
  id: string;
  name: string;
  names: string[];
}

/** A cluster or standalone edge with every edge that it had in the range. Its id is that of its row. */
export interface ConfiguredRow extends Named {
  kind: 'cluster' | 'standalone';
  edges: Named[];
}

/** When everything was configured within the range. `versions`: the one in force at its beginning and those after it, oldest first. */
export function configuredTimes(range: TimeRange, versions: Iterable<InventoryVersion>): ConfiguredTimes {
  const clusters = new Map<string, ConfiguredTime[]>();
  const edges = new Map<string, ConfiguredTime[]>();
  const clusterOf = new Map<string, string | null>();
  for (const { toMs, fromMs, inventory } of inForce(range, versions)) {
    for (const cluster of inventory.clusters) {
      const served = cluster.edges.length === 0 || cluster.edges.some(({ status }) => status === 'enabled');
      const on = cluster.status === 'enabled';
      extend(clusters, cluster.id, { fromMs, toMs, enabled: on && served });
      for (const { id, status } of cluster.edges)
        extend(edges, id, { fromMs, toMs, enabled: on && status === 'enabled' });
    }
    for (const { id, status } of inventory.standaloneEdges)
      extend(edges, id, { fromMs, toMs, enabled: status === 'enabled' });
    for (const { id, clusterId } of allEdges(inventory)) clusterOf.set(id, clusterId);
  }
  return {
    cluster: (id) => clusters.get(id) ?? [],
    edge: (id) => edges.get(id) ?? [],
    clusterOfEdge: (id) => clusterOf.get(id) ?? null,
  };
}

/** Every cluster and standalone edge of these inventories, in the order in which they were first configured. */
export function configuredRows(inventories: Iterable<Inventory>): ConfiguredRow[] {
  const rows = new Map<string, ConfiguredRow>();
  for (const { clusters, standaloneEdges } of inventories) {
    for (const { id, name, edges } of clusters) {
      const known = rows.get(id);
      const all = new Map((known?.edges ?? []).map((edge) => [edge.id, edge]));
      for (const edge of edges) all.set(edge.id, named(all.get(edge.id), edge));
      rows.set(id, { ...named(known, { id, name }), kind: 'cluster', edges: [...all.values()] });
    }
    for (const edge of standaloneEdges) {
      const id = standaloneRowId(edge);
      const known = rows.get(id);
      const row = named(known, { id, name: edge.name });
      rows.set(id, { ...row, kind: 'standalone', edges: [named(known?.edges[0], edge)] });
    }
  }
  return [...rows.values()];
}

function named(known: Named | undefined, { id, name }: { id: string; name: string }): Named {
  return { id, name, names: [...new Set([...(known?.names ?? []), name])] };
}

function* inForce(
  range: TimeRange,
  versions: Iterable<InventoryVersion>,
): Generator<TimeRange & { inventory: Inventory }> {
  let last: InventoryVersion | null = null;
  for (const version of versions) {
    if (last) yield* clipped(range, last, version.atMs);
    last = version;
  }
  if (last) yield* clipped(range, last, range.toMs);
}

function* clipped(
  range: TimeRange,
  { atMs, inventory }: InventoryVersion,
  endMs: number,
): Generator<TimeRange & { inventory: Inventory }> {
  const [fromMs, toMs] = [Math.max(range.fromMs, atMs), Math.min(range.toMs, endMs)];
  if (toMs > fromMs) yield { fromMs, toMs, inventory };
}

/** Appends a stretch, or lengthens the last one where nothing changed. */
function extend(times: Map<string, ConfiguredTime[]>, id: string, next: ConfiguredTime): void {
  const known = times.get(id);
  const last = known?.at(-1);
  if (last?.toMs === next.fromMs && last.enabled === next.enabled) last.toMs = next.toMs;
  else if (known) known.push(next);
  else times.set(id, [next]);
}
