import type { Cluster, Edge, Inventory } from '../../domain/inventory/inventory';
import type { PollTarget } from '../poll/scheduler';
import { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** Where an edge is watched. `asked`: all that decides how it is asked and judged, as one comparable text. */
export interface EdgePlace {
  edge: Edge;
  row: WatchedCluster;
  asked: string;
  polled: boolean;
}

/** What a new inventory did to the rows. */
export interface RowsChange {
  /** Rows that are not watched any more, with the configuration they had. */
  removed: WatchedCluster[];
  /** Rows to be shown anew: added, changed, or only described in other words. */
  shown: WatchedCluster[];
  /** Rows that had to be made, and know nothing of the past yet. */
  begun: WatchedCluster[];
  /** Edges that are gone, or asked in another way than before. */
  forgotten: string[];
  /** Edges that were polled and are not any more, as they were. */
  noLongerPolled: EdgePlace[];
}

/** One row for each cluster and each standalone edge of an inventory, and which edge is in which. */
export class WatchedRows {
  #rows = new Map<string, { row: WatchedCluster; described: string }>();
  #places = new Map<string, EdgePlace>();

  constructor(inventory: Inventory) {
    this.take(inventory);
  }

  get list(): WatchedCluster[] {
    return [...this.#rows.values()].map(({ row }) => row);
  }

  place(edgeId: string): EdgePlace | undefined {
    return this.#places.get(edgeId);
  }

  get polledCount(): number {
    let count = 0;
    for (const { polled } of this.#places.values()) if (polled) count += 1;
    return count;
  }

  /** What to poll, in the inventory's order: edges in use that can be asked something. */
  pollTargets(): PollTarget[] {
    return [...this.#places.values()]
      .filter(({ polled }) => polled)
      .map(({ edge: { id, deployment, snmp } }) => ({
        edgeId: id,
        hasRolePoll: deployment === 'cluster' && snmp !== undefined,
      }));
  }

  /**
   * Goes by `inventory` from now on. A row that is asked and judged as before stays the same, whatever it is called now; in
   * a row that changed, what is known of its unchanged edges stays.
   */
  take(inventory: Inventory): RowsChange {
    const [rowsBefore, placesBefore] = [this.#rows, this.#places];
    this.#rows = new Map();
    this.#places = new Map();
    const change: RowsChange = { removed: [], shown: [], begun: [], forgotten: [], noLongerPolled: [] };
    for (const cluster of inventory.clusters) {
      this.#add(`cluster ${cluster.id}`, cluster, cluster.edges, rowsBefore, placesBefore, change);
    }
    for (const edge of inventory.standaloneEdges) {
      this.#add(`edge ${edge.id}`, null, [edge], rowsBefore, placesBefore, change);
    }
    for (const [key, { row }] of rowsBefore) if (!this.#rows.has(key)) change.removed.push(row);
    for (const [edgeId, before] of placesBefore) {
      const now = this.#places.get(edgeId);
      if (now?.asked !== before.asked) change.forgotten.push(edgeId);
      if (before.polled && !now?.polled) change.noLongerPolled.push(before);
    }
    return change;
  }

  #add(
    key: string,
    cluster: Cluster | null,
    edges: readonly Edge[],
    rowsBefore: ReadonlyMap<string, { row: WatchedCluster; described: string }>,
    placesBefore: ReadonlyMap<string, EdgePlace>,
    change: RowsChange,
  ): void {
    const before = rowsBefore.get(key);
    const described = JSON.stringify([cluster, edges]);
    const asked = new Map(edges.map((edge) => [edge.id, askedOf(edge, cluster)]));
    const unchanged = edges.filter((edge) => {
      const place = placesBefore.get(edge.id);
      return place?.row === before?.row && place?.asked === asked.get(edge.id);
    });
    const same = before !== undefined && unchanged.length === before.row.edges.length;
    const row = same && unchanged.length === edges.length ? before.row : new WatchedCluster(cluster, edges);
    if (row === before?.row) row.describe(cluster, edges);
    else {
      change.begun.push(row);
      const kept = new Set(unchanged.filter((edge) => isPolled(edge, cluster)).map(({ id }) => id));
      if (before && kept.size > 0) row.goOnFrom(before.row, kept);
    }
    if (described !== before?.described) change.shown.push(row);
    this.#rows.set(key, { row, described });
    for (const edge of edges) {
      const polled = isPolled(edge, cluster);
      this.#places.set(edge.id, { edge, row, asked: asked.get(edge.id) ?? '', polled });
    }
  }
}

function isPolled(edge: Edge, cluster: Cluster | null): boolean {
  const inUse = edge.status === 'enabled' && cluster?.status !== 'disabled';
  return inUse && (edge.snmp ?? edge.http ?? edge.tcp) !== undefined;
}

function askedOf(edge: Edge, cluster: Cluster | null): string {
  const { status, deployment, proxyIp, lbIp, managementIp, snmp, http, tcp } = edge;
  const own = { status, deployment, proxyIp, lbIp, managementIp, snmp, http, tcp };
  return JSON.stringify([own, cluster?.status ?? null, cluster?.witness ?? null]);
}
