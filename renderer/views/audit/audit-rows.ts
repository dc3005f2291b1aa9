import type { Availability, TimeRange } from '../../../domain/model/history';
import { boundPercent, roundedPercent } from '../../../domain/words/amount';
import { durationRange, preciseDuration, type Rounding } from '../../../domain/words/duration';
import type { ClusterView } from '../../../domain/model/snapshot';
import type { TableColumn } from '../../ui/table/table-column';

/** A line of the auditor's table: a cluster, one of its edges, or a standalone edge. */
export interface AuditRow extends Availability {
  id: string;
  name: string;
  clusterName: string | null;
}

/** A column: what its cell says, and what an export says. */
export interface AuditColumn extends TableColumn<AuditRow> {
  words(row: AuditRow): string;
}

/** Ids to ask for, clusters first and each one's edges after it, and what makes rows of the answers. */
export function auditSubjects(
  clusters: readonly ClusterView[],
): Pick<AuditRow, 'id' | 'name' | 'clusterName'>[] {
  return clusters.flatMap((cluster) => [
    { id: cluster.id, name: cluster.name, clusterName: null },
    ...(cluster.kind === 'cluster'
      ? cluster.edges.map(({ id, name }) => ({ id, name, clusterName: cluster.name }))
      : []),
  ]);
}

const unknown = '–';

/** The columns. Range and units are in the names of an export; all of its times are UTC. */
export function auditColumns({ fromMs, toMs }: TimeRange): AuditColumn[] {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  const plain = { sub: '', minPx: 90, grow: 1, dropOrder: null, alignRight: true };
  const part = (value: number | null, rounding: Rounding): number | null =>
    value === null ? null : roundedPercent(value, rounding, 6);
  const percent = (value: number | null, rounding: Rounding): string =>
    value === null ? 'not counted' : boundPercent(value, rounding);
  return [
    {
      ...plain,
      id: 'name',
      title: 'Cluster or edge',
      alignRight: false,
      sortKey: (row) => row.name,
      words: (row) => row.name,
      exportName: 'name',
      exportValue: (row) => row.name,
    },
    {
      ...plain,
      id: 'cluster',
      title: 'Cluster',
      alignRight: false,
      sortKey: (row) => row.clusterName ?? '',
      words: (row) => row.clusterName ?? '',
      exportName: 'cluster',
      exportValue: (row) => row.clusterName,
    },
    {
      ...plain,
      id: 'from',
      title: 'From',
      alignRight: false,
      sortKey: () => from,
      words: () => from,
      exportName: 'from_utc',
      exportValue: () => from,
    },
    {
      ...plain,
      id: 'to',
      title: 'To',
      alignRight: false,
      sortKey: () => to,
      words: () => to,
      exportName: 'to_utc',
      exportValue: () => to,
    },
    {
      ...plain,
      id: 'worst',
      title: 'Available, worst',
      sortKey: (row) => row.worst ?? undefined,
      words: (row) => percent(row.worst, 'down'),
      exportName: 'availability_worst_percent',
      exportValue: (row) => part(row.worst, 'down'),
    },
    {
      ...plain,
      id: 'best',
      title: 'Available, best',
      sortKey: (row) => row.best ?? undefined,
      words: (row) => percent(row.best, 'up'),
      exportName: 'availability_best_percent',
      exportValue: (row) => part(row.best, 'up'),
    },
    {
      ...plain,
      id: 'unknown',
      title: 'Unknown',
      sortKey: (row) => row.unknownShare ?? undefined,
      words: (row) => percent(row.unknownShare, 'up'),
      exportName: 'unknown_percent',
      exportValue: (row) => part(row.unknownShare, 'up'),
    },
    {
      ...plain,
      id: 'unavailable',
      title: 'Not available',
      sortKey: (row) => row.unavailableMs,
      words: (row) => preciseDuration(row.unavailableMs),
      exportName: 'unavailable_ms',
      exportValue: (row) => row.unavailableMs,
    },
    {
      ...plain,
      id: 'not-counted',
      title: 'Not counted',
      sortKey: (row) => row.notCountedMs,
      words: (row) => preciseDuration(row.notCountedMs),
      exportName: 'not_counted_ms',
      exportValue: (row) => row.notCountedMs,
    },
    {
      ...plain,
      id: 'failovers',
      title: 'Failovers',
      sortKey: (row) => row.failovers ?? undefined,
      words: (row) => String(row.failovers ?? unknown),
      exportName: 'failovers',
      exportValue: (row) => row.failovers,
    },
    {
      ...plain,
      id: 'failbacks',
      title: 'Failbacks',
      sortKey: (row) => row.failbacks ?? undefined,
      words: (row) => String(row.failbacks ?? unknown),
      exportName: 'failbacks',
      exportValue: (row) => row.failbacks,
    },
    {
      ...plain,
      id: 'longest',
      title: 'Longest without an active LB',
      sortKey: (row) => row.longestNoActiveLbMs?.atMost,
      words: (row) =>
        row.longestNoActiveLbMs
          ? durationRange(row.longestNoActiveLbMs.atLeast, row.longestNoActiveLbMs.atMost)
          : unknown,
      exportName: 'longest_without_active_lb_at_least_ms',
      exportValue: (row) => row.longestNoActiveLbMs?.atLeast ?? null,
    },
    {
      ...plain,
      id: 'longest-most',
      title: 'at most',
      sortKey: (row) => row.longestNoActiveLbMs?.atMost,
      words: () => '',
      exportName: 'longest_without_active_lb_at_most_ms',
      exportValue: (row) => row.longestNoActiveLbMs?.atMost ?? null,
    },
  ];
}

/** Those that are only exported: the table says them elsewhere. */
export const exportOnly = new Set(['cluster', 'from', 'to', 'longest-most']);
