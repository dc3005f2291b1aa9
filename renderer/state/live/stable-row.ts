import type { ClusterView } from '../../../domain/model/snapshot';

const stills = new WeakMap<ClusterView, ClusterView>();

/**
 * The row as it was when anything but its figures changed last, the same object until then: what shows no figures is given this
 * one, and need not be drawn again with every reading.
 */
export function stillRow(row: ClusterView): ClusterView {
  return stills.get(row) ?? row;
}

/** `next` is `row` with other figures. A first answer is more than a figure. */
export function keepStill(next: ClusterView, row: ClusterView): void {
  if ((next.oldestAnswerMs === null) === (row.oldestAnswerMs === null)) stills.set(next, stillRow(row));
}
