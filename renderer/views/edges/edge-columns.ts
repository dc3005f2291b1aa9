import { roleWords } from '../../../domain/words/roles';
import { age, coarseDuration } from '../../../domain/words/duration';
import { count, megabits, percent } from '../../../domain/words/amount';
import { stateWords } from '../../words/states';
import { ipNumber } from '../../ui/table/ip-number';
import { isoTime } from '../../ui/table/iso-time';
import type { TableColumn } from '../../ui/table/table-column';
import { compareWorstEdgeFirst, type EdgeRow } from './edge-row';

/** A column of the edges table. `words`: the text of its cell; the first columns are drawn as marks. */
export interface EdgeColumn extends TableColumn<EdgeRow> {
  mono?: boolean;
  words(row: EdgeRow, atMs: number): string;
}

const unknown = '–';

type Rate = 'proxyOutBitsPerSecond' | 'proxyInBitsPerSecond';

function throughput(id: string, title: string, tip: string, dropOrder: number, rate: Rate): EdgeColumn {
  return {
    id,
    title,
    sub: 'Mb/s',
    tip,
    minPx: 68,
    grow: 0,
    alignRight: true,
    dropOrder,
    descendingFirst: true,
    sortKey: ({ edge }) => edge[rate] ?? undefined,
    words: ({ edge }) => {
      const bits = edge[rate];
      return bits === null ? unknown : megabits(bits);
    },
    exportName: `${title.toLowerCase()}_bits_per_second`,
    exportValue: ({ edge }) => edge[rate],
  };
}

function address(
  id: string,
  title: string,
  tip: string,
  dropOrder: number,
  of: (row: EdgeRow) => string | null,
): EdgeColumn {
  return {
    id,
    title,
    sub: 'address',
    tip,
    minPx: 108,
    grow: 0.3,
    dropOrder,
    mono: true,
    sortKey: (row) => {
      const ip = of(row);
      return ip === null ? undefined : ipNumber(ip);
    },
    words: (row) => of(row) ?? unknown,
    exportName: `${title.toLowerCase().replaceAll(' ', '_')}`,
    exportValue: of,
  };
}

/** The columns: those of the vendor's page, and what the edges report. */
export const edgeColumns: readonly EdgeColumn[] = [
  {
    id: 'health',
    title: 'Health',
    sub: 'state',
    tip: 'The state of the edge, worst first.',
    minPx: 140,
    grow: 0.3,
    dropOrder: null,
    sortKey: ({ edge }) => edge.health,
    compare: compareWorstEdgeFirst,
    words: ({ edge }) => stateWords[edge.health].word,
    exportName: 'health',
    exportValue: ({ edge }) => stateWords[edge.health].word,
  },
  {
    id: 'name',
    title: 'Name',
    sub: 'edge',
    tip: 'The name of the edge.',
    minPx: 130,
    grow: 1,
    dropOrder: null,
    sortKey: ({ edge }) => edge.name,
    words: ({ edge }) => edge.name,
    exportName: 'name',
    exportValue: ({ edge }) => edge.name,
  },
  {
    id: 'cluster',
    title: 'Cluster',
    sub: 'or standalone',
    tip: 'The cluster of the edge, or that it is standalone.',
    minPx: 110,
    grow: 0.6,
    dropOrder: null,
    sortKey: ({ cluster }) => cluster?.name,
    words: ({ cluster }) => cluster?.name ?? 'standalone',
    exportName: 'cluster',
    exportValue: ({ cluster }) => cluster?.name ?? null,
  },
  {
    id: 'role',
    title: 'LB role',
    sub: 'since',
    tip: 'Whether the edge’s LB is active or passive, and for how long.',
    minPx: 116,
    grow: 0.3,
    dropOrder: 9,
    sortKey: ({ edge }) => (edge.role === 'not-applicable' ? undefined : edge.role),
    words: ({ edge }, atMs) =>
      edge.roleSinceMs === null
        ? roleWords[edge.role]
        : `${roleWords[edge.role]} ${coarseDuration(atMs - edge.roleSinceMs)}`,
    exportName: 'lb_role',
    exportValue: ({ edge }) => roleWords[edge.role],
  },
  {
    id: 'subscription',
    title: 'Subscription',
    sub: 'as configured',
    tip: 'The subscription of the edge, according to the inventory.',
    minPx: 112,
    grow: 0.4,
    dropOrder: 3,
    sortKey: ({ edge }) => edge.subscription ?? undefined,
    words: ({ edge }) => edge.subscription ?? 'none',
    exportName: 'subscription',
    exportValue: ({ edge }) => edge.subscription,
  },
  address(
    'proxyIp',
    'Proxy IP',
    'The address at which the edge serves user traffic.',
    7,
    ({ edge }) => edge.proxyIp,
  ),
  address('lbIp', 'LB IP', 'The address of the load balancer in the edge.', 4, ({ edge }) => edge.lbIp),
  address(
    'managementIp',
    'Management IP',
    'The address of the edge for management and SNMP.',
    2,
    ({ edge }) => edge.managementIp,
  ),
  {
    id: 'uptime',
    title: 'Uptime',
    sub: 'of its software',
    tip: 'How long the software of the edge has been running, as it reports.',
    minPx: 84,
    grow: 0,
    alignRight: true,
    dropOrder: 6,
    sortKey: ({ edge }) => edge.uptimeMs ?? undefined,
    words: ({ edge }) => (edge.uptimeMs === null ? unknown : coarseDuration(edge.uptimeMs)),
    exportName: 'uptime_seconds',
    exportValue: ({ edge }) => (edge.uptimeMs === null ? null : Math.round(edge.uptimeMs / 1000)),
  },
  {
    id: 'share',
    title: 'Share',
    sub: 'of its cluster',
    tip: 'The edge’s part of its cluster’s traffic, in and out together.',
    minPx: 80,
    grow: 0,
    alignRight: true,
    dropOrder: 8,
    descendingFirst: true,
    sortKey: ({ edge }) => edge.share ?? undefined,
    words: ({ edge }) => (edge.share === null ? unknown : percent(edge.share)),
    exportName: 'share_percent',
    exportValue: ({ edge }) => (edge.share === null ? null : Number((edge.share * 100).toFixed(2))),
  },
  throughput(
    'out',
    'Out',
    'Traffic out of the proxy interface, most of it directly to users.',
    5,
    'proxyOutBitsPerSecond',
  ),
  throughput('in', 'In', 'Traffic into the proxy interface.', 4.5, 'proxyInBitsPerSecond'),
  {
    id: 'sessions',
    title: 'Sessions',
    sub: 'established',
    tip: 'Open TCP connections, as the edge reports.',
    minPx: 80,
    grow: 0,
    alignRight: true,
    dropOrder: 1,
    descendingFirst: true,
    sortKey: ({ edge }) => edge.sessions ?? undefined,
    words: ({ edge }) => (edge.sessions === null ? unknown : count(edge.sessions)),
    exportName: 'sessions',
    exportValue: ({ edge }) => edge.sessions,
  },
  {
    id: 'cpu',
    title: 'CPU',
    sub: 'percent',
    tip: 'CPU utilisation.',
    minPx: 60,
    grow: 0,
    alignRight: true,
    dropOrder: 10,
    descendingFirst: true,
    sortKey: ({ edge }) => edge.cpuPercent ?? undefined,
    words: ({ edge }) => (edge.cpuPercent === null ? unknown : `${Math.round(edge.cpuPercent)} %`),
    exportName: 'cpu_percent',
    exportValue: ({ edge }) => edge.cpuPercent,
  },
  {
    id: 'dataAge',
    title: 'Data age',
    sub: 'last answer',
    tip: 'Time since the edge last answered.',
    minPx: 78,
    grow: 0,
    alignRight: true,
    dropOrder: 11,
    descendingFirst: true,
    sortKey: ({ edge }) => (edge.lastAnswerMs === null ? undefined : -edge.lastAnswerMs),
    words: ({ edge }, atMs) => (edge.lastAnswerMs === null ? 'never' : age(atMs - edge.lastAnswerMs)),
    exportName: 'last_answer_utc',
    exportValue: ({ edge }) => isoTime(edge.lastAnswerMs),
  },
];
