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

/** A column with the text of its cells. */
export interface AuditColumn extends TableColumn<AuditRow> {
  words(row: AuditRow): string;
}

/** The subjects of the table: every cluster, followed by its edges. */
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
const layout = { sub: '', minPx: 90, grow: 1, dropOrder: null };

/** A share of time as percent with six decimals, rounded outwards; null: nothing counts. */
function percentOf(share: number | null, rounding: Rounding): number | null {
  return share === null ? null : roundedPercent(share, rounding, 6);
}

function percentWords(share: number | null, rounding: Rounding): string {
  return share === null ? 'not counted' : boundPercent(share, rounding);
}

type ColumnContent = Pick<AuditColumn, 'id' | 'title' | 'exportName'> & {
  /** What its cell shows. */
  words: (row: AuditRow) => string;
  value: (row: AuditRow) => string | number | null;
};

function textColumn({ value, ...content }: ColumnContent): AuditColumn {
  return {
    ...layout,
    ...content,
    alignRight: false,
    sortKey: (row) => value(row) ?? '',
    exportValue: value,
  };
}

function numberColumn({ value, ...content }: ColumnContent): AuditColumn {
  return {
    ...layout,
    ...content,
    alignRight: true,
    sortKey: (row) => value(row) ?? undefined,
    exportValue: value,
  };
}

const subjectColumns = [
  textColumn({
    id: 'name',
    title: 'Cluster or edge',
    words: (row) => row.name,
    exportName: 'name',
    value: (row) => row.name,
  }),
  textColumn({
    id: 'cluster',
    title: 'Cluster',
    words: (row) => row.clusterName ?? '',
    exportName: 'cluster',
    value: (row) => row.clusterName,
  }),
];

const availabilityColumns = [
  numberColumn({
    id: 'worst',
    title: 'Available, worst',
    words: (row) => percentWords(row.worst, 'down'),
    exportName: 'availability_worst_percent',
    value: (row) => percentOf(row.worst, 'down'),
  }),
  numberColumn({
    id: 'best',
    title: 'Available, best',
    words: (row) => percentWords(row.best, 'up'),
    exportName: 'availability_best_percent',
    value: (row) => percentOf(row.best, 'up'),
  }),
  numberColumn({
    id: 'unknown',
    title: 'Unknown',
    words: (row) => percentWords(row.unknownShare, 'up'),
    exportName: 'unknown_percent',
    value: (row) => percentOf(row.unknownShare, 'up'),
  }),
  numberColumn({
    id: 'unavailable',
    title: 'Not available',
    words: (row) => preciseDuration(row.unavailableMs),
    exportName: 'unavailable_ms',
    value: (row) => row.unavailableMs,
  }),
  numberColumn({
    id: 'not-counted',
    title: 'Not counted',
    words: (row) => preciseDuration(row.notCountedMs),
    exportName: 'not_counted_ms',
    value: (row) => row.notCountedMs,
  }),
];

const failoverColumns = [
  numberColumn({
    id: 'failovers',
    title: 'Failovers',
    words: (row) => String(row.failovers ?? unknown),
    exportName: 'failovers',
    value: (row) => row.failovers,
  }),
  numberColumn({
    id: 'failbacks',
    title: 'Failbacks',
    words: (row) => String(row.failbacks ?? unknown),
    exportName: 'failbacks',
    value: (row) => row.failbacks,
  }),
  {
    ...numberColumn({
      id: 'longest',
      title: 'Longest without an active LB',
      words: (row) =>
        row.longestNoActiveLbMs
          ? durationRange(row.longestNoActiveLbMs.atLeast, row.longestNoActiveLbMs.atMost)
          : unknown,
      exportName: 'longest_without_active_lb_at_least_ms',
      value: (row) => row.longestNoActiveLbMs?.atLeast ?? null,
    }),
    sortKey: (row: AuditRow) => row.longestNoActiveLbMs?.atMost,
  },
  numberColumn({
    id: 'longest-most',
    title: 'at most',
    words: () => '',
    exportName: 'longest_without_active_lb_at_most_ms',
    value: (row) => row.longestNoActiveLbMs?.atMost ?? null,
  }),
];

/** The columns. Range and units are in the names of an export; all of its times are UTC. */
export function auditColumns({ fromMs, toMs }: TimeRange): AuditColumn[] {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return [
    ...subjectColumns,
    textColumn({ id: 'from', title: 'From', words: () => from, exportName: 'from_utc', value: () => from }),
    textColumn({ id: 'to', title: 'To', words: () => to, exportName: 'to_utc', value: () => to }),
    ...availabilityColumns,
    ...failoverColumns,
  ];
}

/** Columns that are only exported: the table shows their content elsewhere. */
export const exportOnly = new Set(['cluster', 'from', 'to', 'longest-most']);
