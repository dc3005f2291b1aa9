import type { ColumnDef } from '@tanstack/vue-table';
import type { ClusterView } from '../../domain/snapshot';
import { compareNames, compareWorstFirst } from './worst-first';

export type ColumnId =
  | 'health'
  | 'name'
  | 'status'
  | 'activeLb'
  | 'lastFailover'
  | 'edges'
  | 'share'
  | 'clusterIp'
  | 'ipsec'
  | 'dataAge';

/** How a column is headed and how much room it wants. */
export interface ClusterColumn {
  id: ColumnId;
  title: string;
  /** The quieter second line of the heading. */
  sub: string;
  minPx: number;
  /** Its part of the room that is left. */
  grow: number;
  alignRight?: boolean;
  /** 1 goes first when there is no room; null never goes. */
  dropOrder: number | null;
}

/** The columns in the order they stand: the vendor's five, and ours. */
export const clusterColumns: readonly ClusterColumn[] = [
  { id: 'health', title: 'Health', sub: 'state', minPx: 150, grow: 0.4, dropOrder: null },
  { id: 'name', title: 'Name', sub: 'site', minPx: 140, grow: 1.4, dropOrder: null },
  { id: 'status', title: 'Status', sub: 'configured', minPx: 76, grow: 0.2, dropOrder: 1 },
  { id: 'activeLb', title: 'Active LB', sub: 'since', minPx: 172, grow: 1, dropOrder: 8 },
  { id: 'lastFailover', title: 'Last failover', sub: 'ago, at', minPx: 166, grow: 0.8, dropOrder: 4 },
  {
    id: 'edges',
    title: 'Virtual Service Edges',
    sub: 'up / total, active LB underlined',
    minPx: 190,
    grow: 0.6,
    dropOrder: 6,
  },
  { id: 'share', title: 'Traffic share', sub: 'ticks: where even ends', minPx: 138, grow: 0.6, dropOrder: 3 },
  { id: 'clusterIp', title: 'Cluster IP', sub: 'shared address', minPx: 112, grow: 0.3, dropOrder: 5 },
  { id: 'ipsec', title: 'IPSec local', sub: 'termination', minPx: 88, grow: 0.1, dropOrder: 2 },
  {
    id: 'dataAge',
    title: 'Data age',
    sub: 'oldest edge',
    minPx: 78,
    grow: 0,
    alignRight: true,
    dropOrder: 7,
  },
];

/** What a column sorts by. Undefined is "not known" and stands last whichever way it is sorted. */
const sortKeys: Record<Exclude<ColumnId, 'health'>, (cluster: ClusterView) => string | number | undefined> = {
  name: (cluster) => cluster.name,
  status: (cluster) => cluster.status,
  activeLb: ({ activeLb }) =>
    activeLb.kind === 'one'
      ? activeLb.edgeName
      : activeLb.kind === 'unknown'
        ? (activeLb.lastEdgeName ?? undefined)
        : undefined,
  lastFailover: (cluster) => cluster.lastFailover?.bracket.firstNewMs,
  edges: (cluster) => (cluster.edgesUp === null ? undefined : cluster.edgesUp / cluster.edgesTotal),
  share: (cluster) => cluster.evenness ?? undefined,
  clusterIp: (cluster) => (cluster.clusterIp === null ? undefined : ipNumber(cluster.clusterIp)),
  ipsec: (cluster) => (cluster.ipsecLocalTermination ? 1 : 0),
  dataAge: (cluster) => (cluster.oldestAnswerMs === null ? undefined : -cluster.oldestAnswerMs),
};

/** Columns whose first click is more useful descending: the newest failover, the oldest data. */
const descendingFirst: ReadonlySet<ColumnId> = new Set<ColumnId>(['lastFailover', 'dataAge', 'ipsec']);

export const columnDefinitions: ColumnDef<ClusterView>[] = clusterColumns.map(({ id, title }) => {
  const common = {
    id,
    header: title,
    sortUndefined: 'last' as const,
    sortDescFirst: descendingFirst.has(id),
  };
  if (id === 'health') {
    return {
      ...common,
      accessorFn: (cluster) => cluster.health,
      sortingFn: (a, b) => compareWorstFirst(a.original, b.original),
    };
  }
  const key = sortKeys[id];
  return { ...common, accessorFn: key, sortingFn: (a, b) => compareKeys(key(a.original), key(b.original)) };
});

function compareKeys(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareNames(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return 0;
}

/** A dotted IPv4 address as a number, so that .9 stands before .10; anything else sorts as its text would. */
function ipNumber(address: string): number | string {
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))
    return address;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
