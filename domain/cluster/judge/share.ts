/** How a cluster's traffic is spread. */
export interface Spread {
  /** Own proxy traffic over the cluster's sum, 0..1, by edge id; null where an edge's traffic is not known. */
  shares: Record<string, number | null>;
  /** 1 minus half the sum of |share - expected|, where expected is 1/healthy; null without shares. */
  evenness: number | null;
  bitsPerSecond: number | null;
}

/**
 * Spread of the proxies' own traffic, in and out. Under direct server return the active LB's interface carries everybody's
 * requests, so it is left out. Without any traffic there are no shares: nothing over nothing is not even.
 */
export function spreadOf(
  edges: readonly { id: string; healthy: boolean; mayServe: boolean; bitsPerSecond: number | null }[],
): Spread {
  const known = edges.filter((edge) => edge.bitsPerSecond !== null);
  const sum = known.reduce((total, edge) => total + (edge.bitsPerSecond ?? 0), 0);
  // An edge that may serve but whose traffic is not known would make the sum too small, and the other edges' shares too large.
  const complete = edges.every((edge) => !edge.mayServe || edge.bitsPerSecond !== null);
  const shares: Record<string, number | null> = {};
  for (const edge of edges) {
    shares[edge.id] = complete && sum > 0 && edge.bitsPerSecond !== null ? edge.bitsPerSecond / sum : null;
  }
  const healthy = edges.filter((edge) => edge.healthy).length;
  const evenness =
    complete && sum > 0 && healthy > 0
      ? 1 -
        edges.reduce(
          (off, edge) => off + Math.abs((shares[edge.id] ?? 0) - (edge.healthy ? 1 / healthy : 0)),
          0,
        ) /
          2
      : null;
  return {
    shares,
    evenness: evenness === null ? null : Math.min(1, Math.max(0, evenness)),
    bitsPerSecond: complete && known.length > 0 ? sum : null,
  };
}
