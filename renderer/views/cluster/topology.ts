import { stateTip } from '../../../domain/words/states';
import { roleTips, roleWords } from '../../../domain/words/roles';
import { bitRate } from '../../../domain/words/amount';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import { stateWords } from '../../words/states';
import { edgeLabel } from '../../../domain/words/edge-label';
import { sumOfKnown, type KnownSum } from '../../ui/cluster/known-sum';
import { edgeRowHeightPx } from '../../ui/cluster/edge-row-height';
import { wideColumns, type TopologyColumns } from './topology-columns';

/** How a path is drawn: `sure` solid; `doubtful` dashed, unknown; `split` one of several active LBs. */
export type WayKind = 'sure' | 'doubtful' | 'split' | 'former';

/** A line of the diagram as an SVG path. */
export interface Way {
  key: string;
  kind: WayKind;
  path: string;
}

export interface TopologyEdge {
  id: string;
  name: string;
  /** As much of the name as fits into its box. */
  label: string;
  y: number;
  /** Height of its row in the table. */
  heightPx: number;
  role: string;
  /** Tooltips on the meaning of its LB role and state. */
  roleTip: string;
  stateTip: string;
  /** `active` holds the address; `passive` is BACKUP; `out`: INIT, FAULT or unknown. */
  lb: 'active' | 'passive' | 'out' | 'none';
  health: EdgeView['health'];
  /** Line width of its direct return traffic, pixels; null: unknown, drawn dashed; 0: none. */
  returnPx: number | null;
}

export interface Topology {
  widthPx: number;
  heightPx: number;
  rowPx: number;
  middleY: number;
  edges: TopologyEdge[];
  /** From users over cluster IP and active LB to the edges that get requests. */
  requests: Way[];
  /** The LB that held the address until recently. */
  former: Way | null;
  /** No LB holds the address: the path from it ends in a cross. */
  broken: boolean;
  ingressWords: string;
  returnWords: string;
  /** Line width of all return traffic, pixels; null: unknown. */
  returnPx: number | null;
  /** The diagram in words, for screen readers. */
  description: string;
}

export const topPx = 40;
/** Least height, for the users' symbol and its caption. */
const leastRowsPx = 96;
/** Characters that fit into a proxy's box beside its mark. */
const longestLabel = 7;
const formerShownMs = 24 * 3_600_000;
const widestReturnPx = 10;

/** Lays out the diagram of a cluster: users, shared address, LBs, edges, and direct return traffic (DSR). */
export function topologyOf(
  cluster: ClusterView,
  rowPx: number,
  atMs: number,
  columns: TopologyColumns = wideColumns,
): Topology {
  const hasLbs = cluster.kind === 'cluster';
  const active = new Set(activeIds(cluster));
  const out = sumOfKnown(cluster.edges, 'proxyOutBitsPerSecond');
  const totalOut = out.sum;
  const heights = cluster.edges.map((edge) => edgeRowHeightPx(edge, rowPx));
  const edges = cluster.edges.map((edge, index) => ({
    id: edge.id,
    name: edge.name,
    label: edgeLabel(cluster.name, edge.name, longestLabel),
    y: edgeY(index, heights),
    heightPx: heights[index] ?? rowPx,
    role: roleWords[edge.role],
    roleTip: roleTips[edge.role],
    stateTip: `${stateWords[edge.health].word}. ${stateTip(edge.health)}`,
    lb: lbOf(edge, active, hasLbs),
    health: edge.health,
    returnPx: returnWidth(edge.proxyOutBitsPerSecond, totalOut),
  }));
  const rowsPx = Math.max(heightOf(heights), leastRowsPx);
  const heightPx = topPx + rowsPx + 4;
  const middleY = topPx + rowsPx / 2;
  const last = cluster.activeLb.kind === 'unknown' ? cluster.activeLb.lastEdgeName : null;
  const holders = edges.filter((edge) => edge.lb === 'active');
  const doubtful = edges.filter((_, index) => cluster.edges[index]?.name === last);
  const kind: WayKind = holders.length > 1 ? 'split' : 'sure';
  return {
    widthPx: columns.bus + 16,
    heightPx,
    rowPx,
    middleY,
    edges,
    requests: hasLbs
      ? [
          ...holders.flatMap((lb) => waysOf(lb, edges, middleY, kind, columns)),
          ...doubtful.flatMap((lb) => waysOf(lb, edges, middleY, 'doubtful', columns)),
        ]
      : edges.map((edge) => ({
          key: edge.id,
          kind: edge.health === 'unknown' ? ('doubtful' as const) : ('sure' as const),
          path: curve(columns.users + 56, middleY, columns.proxy, edge.y),
        })),
    former: formerOf(cluster, edges, middleY, { atMs, active, columns }),
    broken: hasLbs && cluster.activeLb.kind === 'none',
    ingressWords: ingressWords(cluster),
    returnWords: returnWords(out),
    returnPx: totalOut === null ? null : totalOut === 0 ? 0 : widestReturnPx,
    description: describe(cluster, out),
  };
}

/** The middle of an edge's row; a single edge is level with the users. */
function edgeY(index: number, heights: readonly number[]): number {
  if (heights.length === 1) return topPx + leastRowsPx / 2;
  return topPx + heightOf(heights.slice(0, index)) + (heights[index] ?? 0) / 2;
}

function heightOf(rows: readonly number[]): number {
  return rows.reduce((total, row) => total + row, 0);
}

function activeIds({ activeLb }: ClusterView): string[] {
  return activeLb.kind === 'one' ? [activeLb.edgeId] : activeLb.kind === 'several' ? activeLb.edgeIds : [];
}

function lbOf(edge: EdgeView, active: ReadonlySet<string>, hasLbs: boolean): TopologyEdge['lb'] {
  if (!hasLbs || edge.role === 'not-applicable') return 'none';
  if (active.has(edge.id)) return 'active';
  return edge.role === 'backup' || edge.role === 'master' ? 'passive' : 'out';
}

/** From the address to this LB, and from it to each edge that gets requests. */
function waysOf(
  lb: TopologyEdge,
  edges: readonly TopologyEdge[],
  middleY: number,
  kind: WayKind,
  columns: TopologyColumns,
): Way[] {
  const served = edges.filter(
    ({ health }) => health === 'up' || health === 'degraded' || health === 'unknown',
  );
  return [
    { key: `to ${lb.id}`, kind, path: curve(columns.addressEnd, middleY, columns.lb, lb.y) },
    ...served.map((edge) => ({
      key: `${lb.id} ${edge.id}`,
      kind: edge.health === 'unknown' ? ('doubtful' as const) : kind,
      path: curve(columns.lbEnd, lb.y, columns.proxy, edge.y),
    })),
  ];
}

function formerOf(
  { lastFailover, edges: views }: ClusterView,
  edges: readonly TopologyEdge[],
  middleY: number,
  { atMs, active, columns }: { atMs: number; active: ReadonlySet<string>; columns: TopologyColumns },
): Way | null {
  if (lastFailover === null || atMs - lastFailover.bracket.firstNewMs > formerShownMs) return null;
  const index = views.findIndex(({ name }) => name === lastFailover.fromEdgeName);
  const edge = edges[index];
  if (!edge || active.has(edge.id)) return null;
  return { key: 'former', kind: 'former', path: curve(columns.addressEnd, middleY, columns.lb, edge.y) };
}

function returnWidth(bitsPerSecond: number | null, total: number | null): number | null {
  if (bitsPerSecond === null || total === null) return null;
  return total === 0 ? 0 : Math.max(1, Math.round((bitsPerSecond / total) * widestReturnPx));
}

function ingressWords(cluster: ClusterView): string {
  const active = activeIds(cluster);
  const holders = cluster.edges.filter(({ id }) => active.includes(id));
  const { sum, isPartial } = sumOfKnown(holders, 'lbInBitsPerSecond');
  return sum === null ? '' : `${isPartial ? '≥ ' : ''}${bitRate(sum)}`;
}

/** An edge whose traffic is unknown is missing in the sum, which then is a lower bound. */
function returnWords({ sum, isPartial }: KnownSum): string {
  if (sum === null) return 'direct return traffic unknown';
  return `${isPartial ? 'at least ' : ''}${bitRate(sum)} out, direct to users (DSR)`;
}

function describe(cluster: ClusterView, out: KnownSum): string {
  const { activeLb } = cluster;
  const serving = cluster.edges.filter(({ health }) => health === 'up' || health === 'degraded').length;
  const bound = out.isPartial ? 'At least ' : '';
  const back = out.sum === null ? '' : ` ${bound}${bitRate(out.sum)} out, directly to users.`;
  if (cluster.kind === 'standalone')
    return `Users reach ${cluster.name} directly: it has no load balancer.${back}`;
  const address = cluster.clusterIp ?? 'the cluster IP';
  switch (activeLb.kind) {
    case 'one':
      return `Users reach ${address}, held by the LB of ${activeLb.edgeName}, which distributes requests over ${serving} of ${cluster.edges.length} edges.${back}`;
    case 'several':
      return `Users reach ${address}, held by several LBs at once: ${activeLb.edgeNames.join(' and ')}.${back}`;
    case 'none':
      return `Users of ${address} are cut off: no LB holds it.`;
    default:
      return `It is unknown which LB holds ${address}.${back}`;
  }
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = (toX - fromX) / 2;
  return `M${fromX} ${fromY}C${fromX + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`;
}
