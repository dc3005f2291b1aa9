import type { ClusterView } from '../../../domain/model/snapshot';

/** One row of the timeline. */
export interface Lane {
  key: string;
  kind: 'cluster' | 'heading' | 'role' | 'no-master' | 'health' | 'ingress' | 'lens';
  name: string;
  clusterId: string;
  /** Whose spans it shows; null for headings and for the time without a master. */
  subjectId: string | null;
  topPx: number;
  heightPx: number;
}

/** Pixels; a lens is as high as it needs. */
export const laneHeights: Record<Lane['kind'], number> = {
  cluster: 28,
  heading: 22,
  role: 24,
  'no-master': 24,
  health: 24,
  ingress: 44,
  lens: 0,
};

/**
 * The lanes of these clusters, in their order; an open one shows its LBs' roles, its time without a master, its edges' health. A
 * lens takes the room below its cluster's lane.
 */
export function lanesOf(
  clusters: readonly ClusterView[],
  open: ReadonlySet<string>,
  lens: { clusterId: string; heightPx: number } | null = null,
): Lane[] {
  const lanes: Lane[] = [];
  let topPx = 0;
  const add = (
    kind: Lane['kind'],
    clusterId: string,
    key: string,
    name: string,
    subjectId: string | null,
    heightPx = laneHeights[kind],
  ): void => {
    lanes.push({
      kind,
      clusterId,
      key: `${clusterId} ${key}`,
      name,
      subjectId,
      topPx,
      heightPx,
    });
    topPx += heightPx;
  };
  for (const cluster of clusters) {
    const own = cluster.kind === 'standalone' ? (cluster.edges[0]?.id ?? null) : cluster.id;
    add('cluster', cluster.id, 'cluster', cluster.name, own);
    if (lens?.clusterId === cluster.id) add('lens', cluster.id, 'lens', '', null, lens.heightPx);
    if (!open.has(cluster.id)) continue;
    if (cluster.kind === 'cluster') {
      add('heading', cluster.id, 'roles', 'LB role', null);
      for (const edge of cluster.edges) add('role', cluster.id, `role ${edge.id}`, edge.name, edge.id);
      add('no-master', cluster.id, 'no-master', 'No master', null);
    }
    add('heading', cluster.id, 'health', 'Edge health', null);
    for (const edge of cluster.edges) add('health', cluster.id, `health ${edge.id}`, edge.name, edge.id);
  }
  return lanes;
}

/** Whose states are drawn: the clusters', a standalone edge's own, and those of the edges of what is open. */
export function subjectsOf(clusters: readonly ClusterView[], open: ReadonlySet<string>): string[] {
  return clusters.flatMap((cluster) => {
    const edges = cluster.edges.map(({ id }) => id);
    if (cluster.kind === 'standalone') return edges;
    return open.has(cluster.id) ? [cluster.id, ...edges] : [cluster.id];
  });
}

/** The height of all lanes, pixels. */
export function lanesHeight(lanes: readonly Lane[]): number {
  const last = lanes.at(-1);
  return last ? last.topPx + last.heightPx : 0;
}

/** The lane at this height, or null below the last. By halving: there may be thousands. */
export function laneAt(lanes: readonly Lane[], y: number): Lane | null {
  let [low, high] = [0, lanes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const lane = lanes[middle];
    if (!lane) return null;
    if (y < lane.topPx) high = middle - 1;
    else if (y >= lane.topPx + lane.heightPx) low = middle + 1;
    else return lane;
  }
  return null;
}
