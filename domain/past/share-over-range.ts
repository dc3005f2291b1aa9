import type { Series, ShareSeries } from '../model/history';
import type { Edge, Inventory } from '../inventory/inventory';

/** An edge with its place in its cluster, which picks its colour. */
export interface NumberedEdge {
  id: string;
  name: string;
  number: number;
}

/**
 * The edges a cluster (or a standalone edge's row, `edge:ID`) had in any of the inventories, oldest first; each as the latest
 * that has it names it.
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
 * What each edge carried over time on its proxy interface, in and out together as shares are counted, bits per second. Null
 * where either is not known.
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
