import type { SpanStart } from '../../db/model/history-batch';
import type { Reason } from '../../domain/model/health';
import type { Change } from '../../domain/cluster/change';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';
import type { RowsChange, WatchedRows } from './monitored-rows';

/**
 * What history is told of clusters and edges that a new inventory does not watch any more: they are disabled from now on,
 * on purpose. Without it their last state would seem to last for ever.
 */
export function endedWatching(
  { removed, begun, noLongerPolled }: RowsChange,
  now: WatchedRows,
  atMs: number,
): { change: Change; row: WatchedCluster }[] {
  const edges = noLongerPolled.map(({ edge, row }) => {
    const from = row.track(edge.id).health;
    const reasons = [reason(edge.name, now.place(edge.id) !== undefined)];
    return { change: { kind: 'edge-state', edge, from, to: 'disabled', reasons, atMs } as const, row };
  });
  const inClusters = new Map(noLongerPolled.map(({ row }) => [row.cluster?.id, row]));
  const ended = [
    ...removed.map((row) => ({ row, stays: false })),
    ...begun.flatMap(({ cluster, health }) => {
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

/** The LB roles that nobody asks for any more. */
export function rolesNoLongerKnown({ noLongerPolled }: RowsChange, atMs: number): SpanStart[] {
  return noLongerPolled
    .filter(({ edge }) => edge.deployment === 'cluster')
    .map(({ edge }) => ({ kind: 'lb-role', subjectId: edge.id, state: 'unknown', fromMs: atMs }));
}

function reason(name: string, stays: boolean): Reason {
  return {
    code: stays ? 'disabled' : 'removed',
    fact: `${name} was ${stays ? 'disabled in' : 'removed from'} the inventory.`,
    detail: 'Heron does not watch it any more, on purpose.',
  };
}
