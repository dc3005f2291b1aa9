import type { ClusterView } from '../../../../domain/model/snapshot';
import { stateWords } from '../../../words/states';
import { ipNumber } from '../../../ui/table/ip-number';
import { isoTime } from '../../../ui/table/iso-time';
import type { TableColumn } from '../../../ui/table/table-column';
import { spareRank, spareWords } from '../../../../domain/words/spare';
import { compareWorstFirst } from '../../../../domain/words/worst-first';

export type ColumnId =
  | 'health'
  | 'name'
  | 'status'
  | 'activeLb'
  | 'lastFailover'
  | 'edges'
  | 'share'
  | 'spare'
  | 'clusterIp'
  | 'ipsec'
  | 'dataAge';

export interface ClusterColumn extends TableColumn<ClusterView> {
  id: ColumnId;
}

/** The columns in default order: the five of the vendor's page, and Heron's. */
export const clusterColumns: readonly ClusterColumn[] = [
  {
    id: 'health',
    title: 'Health',
    sub: 'state',
    tip: 'The state of the cluster; open the row for the reasons.',
    minPx: 150,
    grow: 0.4,
    dropOrder: null,
    sortKey: ({ health }) => health,
    compare: compareWorstFirst,
    exportName: 'health',
    exportValue: ({ health }) => stateWords[health].word,
  },
  {
    id: 'name',
    title: 'Name',
    sub: 'site',
    tip: 'The name and site of the cluster or standalone edge.',
    minPx: 136,
    grow: 1.4,
    dropOrder: null,
    sortKey: ({ name }) => name,
    exportName: 'name',
    exportValue: ({ name }) => name,
  },
  {
    id: 'status',
    title: 'Status',
    sub: 'configured',
    tip: 'Enabled or disabled in the inventory; disabled clusters are not monitored.',
    minPx: 76,
    grow: 0.2,
    dropOrder: 1,
    sortKey: ({ status }) => status,
    exportName: 'status',
    exportValue: ({ status }) => status,
  },
  {
    id: 'activeLb',
    title: 'Active LB',
    sub: 'since',
    tip: 'The edge whose load balancer holds the cluster IP, and for how long.',
    minPx: 154,
    grow: 1,
    dropOrder: 9,
    sortKey: activeLbName,
    exportName: 'active_lb',
    exportValue: (cluster) => activeLbName(cluster) ?? null,
  },
  {
    id: 'lastFailover',
    title: 'Last failover',
    sub: 'ago, at',
    tip: 'When the active LB last moved to another edge, as recorded by Heron.',
    minPx: 164,
    grow: 0.8,
    dropOrder: 7,
    descendingFirst: true,
    sortKey: ({ lastFailover }) => lastFailover?.bracket.firstNewMs,
    exportName: 'last_failover_first_seen_utc',
    exportValue: ({ lastFailover }) => isoTime(lastFailover?.bracket.firstNewMs ?? null),
  },
  {
    id: 'edges',
    title: 'Virtual Service Edges',
    sub: 'up / total, active LB underlined',
    tip: 'One mark per edge, the active LB underlined, and how many are up.',
    minPx: 186,
    grow: 0.6,
    dropOrder: 8,
    sortKey: ({ edgesUp, edgesTotal }) => (edgesUp === null ? undefined : edgesUp / edgesTotal),
    exportName: 'edges_up_of_total',
    exportValue: ({ edgesUp, edgesTotal }) => `${edgesUp ?? 'unknown'} of ${edgesTotal}`,
  },
  {
    id: 'share',
    title: 'Traffic share',
    sub: 'ticks = even split',
    tip: 'How user traffic is split over the edges; ticks mark an even split.',
    minPx: 118,
    grow: 0.6,
    dropOrder: 6,
    sortKey: ({ evenness }) => evenness ?? undefined,
    sortsByMetric: true,
    exportName: 'evenness_percent',
    exportValue: ({ evenness }) => (evenness === null ? null : Number((evenness * 100).toFixed(1))),
  },
  {
    id: 'spare',
    title: 'Spare',
    sub: 'can lose',
    tip: 'How many edges the cluster can lose and still serve its users.',
    minPx: 74,
    grow: 0.1,
    dropOrder: 5,
    sortKey: spareRank,
    exportName: 'spare',
    exportValue: spareWords,
  },
  {
    id: 'clusterIp',
    title: 'Cluster IP',
    sub: 'shared address',
    tip: 'The address users connect to, held by the active LB.',
    minPx: 112,
    grow: 0.3,
    dropOrder: 3,
    sortKey: ({ clusterIp }) => (clusterIp === null ? undefined : ipNumber(clusterIp)),
    exportName: 'cluster_ip',
    exportValue: ({ clusterIp }) => clusterIp,
  },
  {
    id: 'ipsec',
    title: 'IPSec local',
    longTitle: 'IPSec local termination',
    sub: 'termination',
    tip: 'Whether IPSec local termination is on, according to the inventory.',
    minPx: 88,
    grow: 0.1,
    dropOrder: 2,
    descendingFirst: true,
    sortKey: ({ ipsecLocalTermination }) => (ipsecLocalTermination ? 1 : 0),
    exportName: 'ipsec_local_termination',
    exportValue: ({ ipsecLocalTermination }) => ipsecLocalTermination,
  },
  {
    id: 'dataAge',
    title: 'Data age',
    sub: 'oldest edge',
    tip: 'Time since the last answer of the edge with the oldest data.',
    minPx: 78,
    grow: 0,
    alignRight: true,
    dropOrder: 4,
    descendingFirst: true,
    sortKey: ({ oldestAnswerMs }) => (oldestAnswerMs === null ? undefined : -oldestAnswerMs),
    sortsByMetric: true,
    exportName: 'oldest_answer_utc',
    exportValue: ({ oldestAnswerMs }) => isoTime(oldestAnswerMs),
  },
];

function activeLbName({ activeLb }: ClusterView): string | undefined {
  if (activeLb.kind === 'one') return activeLb.edgeName;
  if (activeLb.kind === 'several') return activeLb.edgeNames.join(' and ');
  return activeLb.kind === 'unknown' ? (activeLb.lastEdgeName ?? undefined) : undefined;
}
