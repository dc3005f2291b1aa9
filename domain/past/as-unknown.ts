import type { ActiveLb, ClusterView, EdgeView, Snapshot } from '../model/snapshot';

/** When readings stopped: with the last notice, or, where notices still come but no poll ends, with the last poll. */
export function readingsStoppedMs({ atMs, clusters, monitor }: Snapshot): number {
  if (monitor.state !== 'stalled') return atMs;
  const polls = clusters.flatMap(({ edges }) => edges.flatMap(({ lastPollMs }) => lastPollMs ?? []));
  return polls.length === 0 ? atMs : polls.reduce((latest, pollMs) => Math.max(latest, pollMs));
}

/**
 * The snapshot as it must be shown when readings stopped arriving: nothing in it is known any more. Who was active and
 * when that was last seen stays readable; shares, rates and counts do not. Disabled rows stay disabled: that is a
 * decision, not a reading.
 */
export function asUnknown(snapshot: Snapshot, fact: string): Snapshot {
  return {
    ...snapshot,
    clusters: snapshot.clusters.map((cluster) =>
      cluster.health === 'disabled' ? cluster : unknownCluster(cluster, fact, snapshot.atMs),
    ),
  };
}

function unknownCluster(cluster: ClusterView, fact: string, lastSeenMs: number): ClusterView {
  return {
    ...cluster,
    health: 'unknown',
    sinceMs: lastSeenMs,
    reasons: [{ code: 'readings-stopped', fact, detail: 'The last known values are from that time.' }],
    activeLb: lastKnown(cluster.activeLb, lastSeenMs),
    edgesUp: null,
    bitsPerSecond: null,
    evenness: null,
    edges: cluster.edges.map((edge) => unknownEdge(edge, fact, lastSeenMs)),
  };
}

function lastKnown(activeLb: ActiveLb, lastSeenMs: number): ActiveLb {
  switch (activeLb.kind) {
    case 'one':
      return { kind: 'unknown', lastEdgeName: activeLb.edgeName, lastSeenMs };
    case 'several':
      return { kind: 'unknown', lastEdgeName: activeLb.edgeNames.join(' and '), lastSeenMs };
    case 'none':
      return { kind: 'unknown', lastEdgeName: null, lastSeenMs };
    default:
      return activeLb;
  }
}

function unknownEdge(edge: EdgeView, fact: string, sinceMs: number): EdgeView {
  if (edge.health === 'disabled') return edge;
  return {
    ...edge,
    health: 'unknown',
    sinceMs,
    reasons: [{ code: 'readings-stopped', fact, detail: '' }],
    role: edge.role === 'not-applicable' ? edge.role : 'unknown',
    share: null,
    proxyInBitsPerSecond: null,
    proxyOutBitsPerSecond: null,
    lbInBitsPerSecond: null,
    sessions: null,
    cpuPercent: null,
    swapPercent: null,
    latencyMs: null,
  };
}
