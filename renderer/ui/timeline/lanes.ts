import type { ClusterView } from '../../../domain/model/snapshot';

/** One row of the timeline. */
export interface Lane {
  key: string;
  kind: 'cluster' | 'heading' | 'role' | 'cut-off' | 'health' | 'ingress' | 'lens';
  name: string;
  clusterId: string;
  /** The subject of its spans; null for headings and for the times in which users were cut off. */
  subjectId: string | null;
  topPx: number;
  heightPx: number;
}

/** The lane of the times without an active LB or a serving edge. */
export const cutOffName = 'Users cut off';

/** Lane heights, pixels; a lens has its own height. */
export const laneHeights: Record<Lane['kind'], number> = {
  cluster: 28,
  heading: 22,
  role: 24,
  'cut-off': 24,
  health: 24,
  ingress: 44,
  lens: 0,
};

/**
 * The lanes of these clusters, in order. An expanded cluster has lanes for LB roles, the times in which users were cut off, and edge health. A
 * lens is placed below its cluster's lane.
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
      add('cut-off', cluster.id, 'cut-off', cutOffName, null);
    }
    add('heading', cluster.id, 'health', 'Edge health', null);
    for (const edge of cluster.edges) add('health', cluster.id, `health ${edge.id}`, edge.name, edge.id);
  }
  return lanes;
}

/** The same lanes directly below each other, from 0. */
export function placedLanes(lanes: readonly Lane[]): Lane[] {
  let topPx = 0;
  return lanes.map((lane) => {
    const placed = { ...lane, topPx };
    topPx += lane.heightPx;
    return placed;
  });
}

/** The subjects whose states are drawn: clusters, standalone edges, and the edges of expanded clusters. */
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

/** The lane at this height, or null below the last one. Binary search, since there may be thousands. */
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
