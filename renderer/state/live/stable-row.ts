import type { ClusterView } from '../../../domain/model/snapshot';

const stableRows = new WeakMap<ClusterView, ClusterView>();

/**
 * The row as of its last change in anything but metrics. It stays the same object until the next such change, so components
 * that show no metrics are not rendered with every reading.
 */
export function stableRow(row: ClusterView): ClusterView {
  return stableRows.get(row) ?? row;
}

/** Marks `next` as `row` with other metrics. The first answer counts as more than a change in metrics. */
export function linkStableRow(next: ClusterView, row: ClusterView): void {
  if ((next.oldestAnswerMs === null) === (row.oldestAnswerMs === null)) stableRows.set(next, stableRow(row));
}
