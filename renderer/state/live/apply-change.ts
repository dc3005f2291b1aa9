import type { SnapshotChange } from '../../../domain/contract/contract';
import { applyMetrics } from '../../../domain/contract/row-metrics';
import type { ClusterView, Snapshot } from '../../../domain/model/snapshot';
import { linkStableRow } from './stable-row';

/**
 * The snapshot after a change. Clusters keep their place and, when unchanged, their identity, so that a view redraws
 * only what changed. New clusters come last. Changes are applied in the order they arrive, whatever the clock says.
 */
export function applyChange(snapshot: Snapshot, change: SnapshotChange): Snapshot {
  return {
    atMs: change.atMs,
    monitor: change.monitor,
    clusters: nextClusters(snapshot.clusters, change),
  };
}

function nextClusters(before: ClusterView[], change: SnapshotChange): ClusterView[] {
  const metrics = change.metrics && change.metrics.ids.length > 0 ? change.metrics : null;
  if (change.clusters.length === 0 && change.removedClusterIds.length === 0 && !metrics) return before;
  const known = metrics && new Map(before.map((cluster) => [cluster.id, cluster]));
  const changed = metrics ? applyMetrics(metrics, (id) => known?.get(id)) : new Map<string, ClusterView>();
  for (const [id, next] of changed) linkStableRow(next, known?.get(id) ?? next);
  for (const cluster of change.clusters) changed.set(cluster.id, cluster);
  const removed = new Set(change.removedClusterIds);
  const kept: ClusterView[] = [];
  for (const cluster of before) {
    const next = changed.get(cluster.id);
    if (next) kept.push(next);
    else if (!removed.has(cluster.id)) kept.push(cluster);
    changed.delete(cluster.id);
  }
  return [...kept, ...changed.values()];
}
