import type { SpanStart } from '../../db/model/history-batch';
import { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { Change } from '../../domain/cluster/detect/change';
import { acknowledgementAfter } from '../../domain/model/acknowledgement';
import type { HeronEvent } from '../../domain/model/event';
import type { Cluster, Edge, Inventory } from '../../domain/inventory/inventory';
import { sourceOf, type MetricsSource } from '../../domain/inventory/metrics-source';
import { overridesOf } from '../../domain/inventory/overrides';
import { rowOfEvent, UnacknowledgedOutages } from '../../domain/past/unacknowledged-outages';
import type { Reason } from '../../domain/model/health';
import type { PollTarget } from '../poll/scheduler';

/** An edge and its row. `polling`: all configuration that affects how it is polled and judged, as one comparable text. */
export interface EdgePlace {
  edge: Edge;
  row: ClusterMonitor;
  polling: string;
  polled: boolean;
  /** What polls it in Heron's place; null: Heron does. */
  source: MetricsSource | null;
}

/** What a new inventory changed in the rows. */
export interface RowsChange {
  /** Rows that are no longer monitored. */
  removed: ClusterMonitor[];
  /** Rows whose view changed: added, changed or renamed. */
  shown: ClusterMonitor[];
  /** Rows that were created, and whose past is not restored yet. */
  created: ClusterMonitor[];
  /** Edges that were removed, or are polled differently from before. */
  forgotten: string[];
  /** Edges that are no longer polled, as they were. */
  noLongerPolled: EdgePlace[];
}

interface KnownRow {
  row: ClusterMonitor;
  described: string;
}

export interface EndedChange {
  change: Change;
  row: ClusterMonitor;
}

/** One row for each cluster and each standalone edge of an inventory, and which edge is in which. */
export class MonitoredRows {
  #rows = new Map<string, KnownRow>();
  #places = new Map<string, EdgePlace>();
  readonly #outages = new UnacknowledgedOutages();

  constructor(inventory: Inventory) {
    this.apply(inventory);
  }

  get list(): ClusterMonitor[] {
    return [...this.#rows.values()].map(({ row }) => row);
  }

  /** The row with an id: that of a cluster, or of a standalone edge. */
  row(rowId: string): ClusterMonitor | undefined {
    const entry = this.#rows.get(`cluster ${rowId}`) ?? this.#rows.get(`edge ${rowId.replace(/^edge:/, '')}`);
    return entry?.row;
  }

  place(edgeId: string): EdgePlace | undefined {
    return this.#places.get(edgeId);
  }

  /** Notes what an event shows about outages, for every row that it is about. */
  noteOutage(event: HeronEvent): void {
    for (const id of this.#outages.add(event)) {
      const row = this.row(id);
      if (row) row.unacknowledgedOutages = this.#outages.of(id);
    }
  }

  /** Notes an acknowledgement in the row that it is about, which is returned; undefined: it is none, or the row is not monitored. */
  noteAcknowledgement(event: HeronEvent): ClusterMonitor | undefined {
    if (event.type !== 'acknowledged') return undefined;
    const row = this.list.find(({ id }) => id === event.clusterId);
    if (row) row.acknowledged = acknowledgementAfter(row.acknowledged, event);
    return row;
  }

  /** Notes the events of an earlier run, or of a time in which a row was not monitored, for rows of which none was noted yet. */
  restoreOutages(events: readonly HeronEvent[]): void {
    const isNew = new Set(this.list.map(({ id }) => id).filter((id) => !this.#outages.has(id)));
    for (const event of events) {
      const id = rowOfEvent(event);
      if (id === null ? isNew.size === this.#rows.size : isNew.has(id)) this.noteOutage(event);
    }
  }

  get polledCount(): number {
    let count = 0;
    for (const { polled } of this.#places.values()) if (polled) count += 1;
    return count;
  }

  /** What polls a row's edges in Heron's place; null: Heron does. */
  sourceOf({ edges }: ClusterMonitor): MetricsSource | null {
    return this.#places.get(edges[0]?.id ?? '')?.source ?? null;
  }

  /** The metrics sources, with the number of edges that each polls. */
  sources(): { source: MetricsSource; edges: number }[] {
    const counts = new Map<MetricsSource, number>();
    for (const { source, polled } of this.#places.values())
      if (source && polled) counts.set(source, (counts.get(source) ?? 0) + 1);
    return [...counts].map(([source, edges]) => ({ source, edges }));
  }

  /** The rows that Heron polls itself: only they say something about this computer's network. */
  get polledHere(): ClusterMonitor[] {
    return this.list.filter((row) => this.sourceOf(row) === null);
  }

  /** The edges to poll, in the inventory's order: enabled ones that no source polls. */
  pollTargets(): PollTarget[] {
    return [...this.#places.values()]
      .filter(({ polled, source }) => polled && source === null)
      .map(({ edge, row }) => {
        const { healthIntervalMs, roleIntervalMs } = overridesOf(edge, row.cluster);
        return {
          edgeId: edge.id,
          hasRolePoll: edge.deployment === 'cluster' && edge.snmp !== undefined,
          ...(healthIntervalMs === undefined ? {} : { healthIntervalMs }),
          ...(roleIntervalMs === undefined ? {} : { roleIntervalMs }),
        };
      });
  }

  /**
   * Applies an inventory. A row that is polled and judged as before stays the same object, even when it is renamed; a row that changed
   * retains what is known of its unchanged edges.
   */
  apply(inventory: Inventory): RowsChange {
    const before = { rows: this.#rows, places: this.#places };
    this.#rows = new Map();
    this.#places = new Map();
    const change: RowsChange = { removed: [], shown: [], created: [], forgotten: [], noLongerPolled: [] };
    for (const cluster of inventory.clusters) {
      const source = sourceOf(cluster, inventory.sources);
      this.#add(`cluster ${cluster.id}`, cluster, cluster.edges, source, before, change);
    }
    for (const edge of inventory.standaloneEdges) {
      this.#add(`edge ${edge.id}`, null, [edge], sourceOf(edge, inventory.sources), before, change);
    }
    for (const [key, { row }] of before.rows) if (!this.#rows.has(key)) change.removed.push(row);
    for (const [edgeId, place] of before.places) {
      const now = this.#places.get(edgeId);
      if (now?.polling !== place.polling) change.forgotten.push(edgeId);
      if (place.polled && !now?.polled) change.noLongerPolled.push(place);
    }
    return change;
  }

  /** What to record about clusters and edges that `change` ended the monitoring of. */
  ended(change: RowsChange, atMs: number): { changes: EndedChange[]; roles: SpanStart[] } {
    return { changes: endedChanges(change, this, atMs), roles: endedRoles(change, atMs) };
  }

  #add(
    key: string,
    cluster: Cluster | null,
    edges: readonly Edge[],
    source: MetricsSource | null,
    known: { rows: ReadonlyMap<string, KnownRow>; places: ReadonlyMap<string, EdgePlace> },
    change: RowsChange,
  ): void {
    const before = known.rows.get(key);
    const described = JSON.stringify([cluster, edges]);
    const polling = new Map(edges.map((edge) => [edge.id, pollingOf(edge, cluster, source)]));
    const unchanged = edges.filter((edge) => {
      const place = known.places.get(edge.id);
      return place?.row === before?.row && place?.polling === polling.get(edge.id);
    });
    const same = before !== undefined && unchanged.length === before.row.edges.length;
    const row = same && unchanged.length === edges.length ? before.row : new ClusterMonitor(cluster, edges);
    if (row === before?.row) row.describe(cluster, edges);
    else {
      change.created.push(row);
      const retained = new Set(unchanged.filter((edge) => isPolled(edge, cluster)).map(({ id }) => id));
      if (before) row.retainFrom(before.row, retained);
    }
    if (described !== before?.described) change.shown.push(row);
    this.#rows.set(key, { row, described });
    for (const edge of edges) {
      const polled = isPolled(edge, cluster);
      this.#places.set(edge.id, { edge, row, polling: polling.get(edge.id) ?? '', polled, source });
    }
  }
}

/** The longest interval between polls of a row's edges: how late a change may be seen. `generalMs`: where an edge has none of its own. */
export function longestIntervalMs(
  kind: 'healthIntervalMs' | 'roleIntervalMs',
  { cluster, edges }: ClusterMonitor,
  generalMs: number,
): number {
  if (!cluster?.overrides && !haveOverrides(edges)) return generalMs;
  return Math.max(...edges.map((edge) => overridesOf(edge, cluster)[kind] ?? generalMs));
}

const overridden = new WeakMap<readonly Edge[], boolean>();

/** Looked up at every poll: once per list of edges. */
function haveOverrides(edges: readonly Edge[]): boolean {
  const known = overridden.get(edges);
  if (known !== undefined) return known;
  const have = edges.some(({ overrides }) => overrides);
  overridden.set(edges, have);
  return have;
}

function isPolled(edge: Edge, cluster: Cluster | null): boolean {
  const inUse = edge.status === 'enabled' && cluster?.status !== 'disabled';
  return inUse && (edge.snmp ?? edge.http ?? edge.tcp) !== undefined;
}

function pollingOf(edge: Edge, cluster: Cluster | null, source: MetricsSource | null): string {
  const { status, deployment, proxyIp, lbIp, managementIp, snmp, http, tcp } = edge;
  const overrides = overridesOf(edge, cluster);
  const ofEdge = { status, deployment, proxyIp, lbIp, managementIp, snmp, http, tcp, overrides };
  return JSON.stringify([
    ofEdge,
    cluster?.status,
    cluster?.witness,
    cluster?.vhid,
    cluster?.clusterIp,
    source,
  ]);
}

/**
 * The changes to record for clusters and edges that a new inventory no longer monitors: they are disabled. Without them their last
 * state would seem to continue.
 */
function endedChanges(
  { removed, created, noLongerPolled }: RowsChange,
  now: MonitoredRows,
  atMs: number,
): EndedChange[] {
  const edges = noLongerPolled.map(({ edge, row }) => {
    const from = row.track(edge.id).health;
    const reasons = [reason(edge.name, now.place(edge.id) !== undefined)];
    return { change: { kind: 'edge-state', edge, from, to: 'disabled', reasons, atMs } as const, row };
  });
  const inClusters = new Map(noLongerPolled.map(({ row }) => [row.cluster?.id, row]));
  const ended = [
    ...removed.map((row) => ({ row, stays: false })),
    ...created.flatMap(({ cluster, health }) => {
      const before = health === 'disabled' ? inClusters.get(cluster?.id) : undefined;
      return before?.cluster ? [{ row: before, stays: true }] : [];
    }),
  ];
  const clusters = ended.flatMap(({ row, stays }) => {
    if (!row.cluster || row.health === 'disabled') return [];
    const reasons = [reason(row.cluster.name, stays)];
    return [
      { change: { kind: 'cluster-state', from: row.health, to: 'disabled', reasons, atMs } as const, row },
    ];
  });
  return [...edges, ...clusters];
}

/** The spans that end the LB roles of edges that are no longer polled. */
function endedRoles({ noLongerPolled }: RowsChange, atMs: number): SpanStart[] {
  return noLongerPolled
    .filter(({ edge }) => edge.deployment === 'cluster')
    .map(({ edge }) => ({ kind: 'lb-role', subjectId: edge.id, state: 'unknown', fromMs: atMs }));
}

function reason(name: string, stays: boolean): Reason {
  return {
    code: stays ? 'disabled' : 'removed',
    fact: `${name} was ${stays ? 'disabled in' : 'removed from'} the inventory.`,
    detail: 'It is no longer monitored.',
  };
}
