import type { SnapshotChange } from '../../../domain/contract/contract';
import { applyMetrics, type ChangedMetrics } from '../../../domain/contract/row-metrics';
import type { ClusterView, Snapshot } from '../../../domain/model/snapshot';
import { linkStableRow, linkStableRows } from './stable-row';

/**
 * The snapshot after a change. Clusters keep their place and, when unchanged, their identity, so that a view redraws
 * only what changed. New clusters come last. Changes are applied in the order they arrive, whatever the clock says.
 *
 * @param shownIds rows whose metrics are shown: only these become new objects when metrics changed, the others are written in
 * place. Null: all of them.
 */
export function applyChange(
  snapshot: Snapshot,
  change: SnapshotChange,
  shownIds: ReadonlySet<string> | null = null,
): Snapshot {
  return {
    atMs: change.atMs,
    monitor: change.monitor,
    clusters: nextClusters(snapshot.clusters, change, shownIds),
  };
}

function nextClusters(
  before: ClusterView[],
  change: SnapshotChange,
  shownIds: ReadonlySet<string> | null,
): ClusterView[] {
  const metrics = change.metrics && change.metrics.ids.length > 0 ? change.metrics : null;
  if (change.clusters.length === 0 && change.removedClusterIds.length === 0 && !metrics) return before;
  const places = placesOf(before);
  const next = [...before];
  const added = new Map<string, ClusterView>();
  const removed = new Set(change.removedClusterIds);
  const put = (cluster: ClusterView): void => {
    const place = places.get(cluster.id);
    if (place === undefined) added.set(cluster.id, cluster);
    else next[place] = cluster;
    removed.delete(cluster.id);
  };
  if (metrics) withMetrics(before, places, metrics, shownIds).forEach(put);
  change.clusters.forEach(put);
  const isSameRows = added.size === 0 && removed.size === 0;
  const clusters = isSameRows ? next : [...next.filter(({ id }) => !removed.has(id)), ...added.values()];
  if (isSameRows) knownPlaces.set(clusters, places);
  linkStableRows(clusters, before);
  return clusters;
}

const knownPlaces = new WeakMap<readonly ClusterView[], ReadonlyMap<string, number>>();

/** The index of each row, by id; the same map for lists of the same rows. */
function placesOf(clusters: readonly ClusterView[]): ReadonlyMap<string, number> {
  const known = knownPlaces.get(clusters);
  return known ?? new Map(clusters.map(({ id }, place) => [id, place]));
}

/** The rows with changed metrics. A first answer, and the loss of all, count as more than that: such a row is a new object. */
function withMetrics(
  before: readonly ClusterView[],
  places: ReadonlyMap<string, number>,
  metrics: ChangedMetrics,
  shownIds: ReadonlySet<string> | null,
): ClusterView[] {
  const rowOf = (id: string): ClusterView | undefined => before[places.get(id) ?? -1];
  const changed = applyMetrics(
    metrics,
    rowOf,
    ({ id, oldestAnswerMs }) => shownIds !== null && !shownIds.has(id) && oldestAnswerMs !== null,
  );
  return [...changed.values()].map((next) => {
    const row = rowOf(next.id);
    if (row === next) return next.oldestAnswerMs === null ? { ...next } : next;
    if (row) linkStableRow(next, row);
    return next;
  });
}
