import type { ClusterView } from '../../../domain/model/snapshot';

const firstStates = new WeakMap<ClusterView, ClusterView>();

/**
 * The row as of its last change in anything but metrics. It stays the same object until the next such change, so components
 * that show no metrics are not rendered with every reading.
 */
export function stableRow(row: ClusterView): ClusterView {
  return firstStates.get(row) ?? row;
}

/** Marks `next` as `row` with other metrics. The first answer counts as more than a change in metrics. */
export function linkStableRow(next: ClusterView, row: ClusterView): void {
  if ((next.oldestAnswerMs === null) === (row.oldestAnswerMs === null)) firstStates.set(next, stableRow(row));
}

const stableLists = new WeakMap<readonly ClusterView[], readonly ClusterView[]>();

/** The stable rows of a list. It stays the same list until the next change in anything but metrics, so what is made of it is kept. */
export function stableRows(rows: readonly ClusterView[]): readonly ClusterView[] {
  return stableLists.get(rows) ?? rows;
}

/** Marks `next` as `rows` with other metrics, if that is all that changed. */
export function linkStableRows(next: readonly ClusterView[], rows: readonly ClusterView[]): void {
  const known = stableRows(rows);
  const isSame = next.length === known.length && next.every((row, at) => stableRow(row) === known[at]);
  stableLists.set(next, isSame ? known : next.map(stableRow));
}
