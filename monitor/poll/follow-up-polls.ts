import type { Change } from '../../domain/cluster/change';
import type { Scheduler } from './scheduler';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** A role that changed makes the whole cluster worth a look at once; the LB that held it is read in full, for the cause. */
export function lookAgain(
  found: readonly Change[],
  row: WatchedCluster,
  edgeId: string,
  scheduler: Pick<Scheduler, 'hasten'>,
): void {
  const moved = (change: Change): boolean =>
    change.kind === 'found' ||
    (change.kind === 'lb-role' && change.from !== 'unknown' && change.to !== 'unknown');
  if (!found.some(moved)) return;
  for (const edge of row.edges) {
    if (edge.id === row.activeEdgeId) scheduler.hasten(edge.id, 'health');
    else if (edge.id !== edgeId) scheduler.hasten(edge.id, 'role');
  }
}
