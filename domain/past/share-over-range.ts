import type { Series, ShareSeries } from '../model/history';
import type { Edge, Inventory } from '../inventory/inventory';

/** An edge with its position in its cluster, which selects its colour. */
export interface NumberedEdge {
  id: string;
  name: string;
  number: number;
}

/**
 * The edges of a cluster (or of a standalone edge's row, `edge:ID`) in any of the inventories, which are given oldest first; each
 * edge with its latest name.
 */
export function edgesDuring(inventories: readonly Inventory[], clusterId: string): NumberedEdge[] {
  const edges = new Map<string, NumberedEdge>();
  for (const inventory of inventories) {
    edgesOf(inventory, clusterId).forEach(({ id, name }, index) =>
      edges.set(id, { id, name, number: index + 1 }),
    );
  }
  return [...edges.values()].sort((a, b) => a.number - b.number);
}

function edgesOf(inventory: Inventory, clusterId: string): Edge[] {
  const cluster = inventory.clusters.find(({ id }) => id === clusterId);
  if (cluster) return cluster.edges;
  return inventory.standaloneEdges.filter(({ id }) => id === clusterId || `edge:${id}` === clusterId);
}

/**
 * Traffic of each edge over time on its proxy interface, in and out together as in shares, bits per second. Null where either is
 * unknown.
 */
export function shareOverRange(
  edges: readonly NumberedEdge[],
  toMs: number,
  received: Series,
  sent: Series,
): ShareSeries {
  return {
    fromMs: sent.fromMs,
    toMs,
    stepMs: sent.stepMs,
    times: sent.times,
    edges: edges.map(({ id, name, number }) => ({
      edgeId: id,
      edgeName: name,
      number,
      bitsPerSecond: sent.times.map((_, step) =>
        sum(received.byEdge[id]?.avg[step], sent.byEdge[id]?.avg[step]),
      ),
    })),
  };
}

function sum(received: number | null | undefined, sent: number | null | undefined): number | null {
  return typeof received === 'number' && typeof sent === 'number' ? received + sent : null;
}
