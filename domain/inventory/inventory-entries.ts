import { canonicalHost } from './host-address';
import type { InventoryFile } from './inventory-file';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];

/** An edge of a file and its path. `cluster` is null for a standalone edge. */
export interface EdgeEntry {
  edge: FileEdge & { source?: string | undefined };
  cluster: FileCluster | null;
  path: PropertyKey[];
}

/** Every edge of a file, clusters first, in order. */
export function edgeEntries(file: InventoryFile): EdgeEntry[] {
  const inClusters = file.clusters.flatMap((cluster, clusterIndex) =>
    cluster.edges.map((edge, index) => ({
      edge,
      cluster,
      path: ['clusters', clusterIndex, 'edges', index] as PropertyKey[],
    })),
  );
  const standalone = file.standaloneEdges.map((edge, index) => ({
    edge,
    cluster: null,
    path: ['standaloneEdges', index] as PropertyKey[],
  }));
  return [...inClusters, ...standalone];
}

/** An edge for a sentence: `"fra-edge-1" in "Frankfurt"`. */
export function edgeInWords({ edge, cluster }: EdgeEntry): string {
  return cluster ? `"${edge.name}" in "${cluster.name}"` : `"${edge.name}" (standalone)`;
}

/** Address of an edge's SNMP agent as `host:port`, or null when it has none. */
export function snmpTarget(edge: FileEdge): string | null {
  const host = edge.snmp?.host ?? edge.managementIp;
  return edge.snmp && host !== undefined ? agentWords(canonicalHost(host), edge.snmp.port) : null;
}

function agentWords(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
