import { stateTip } from '../../../domain/words/states';
import { roleTips, roleWords } from '../../../domain/words/roles';
import { bitRate } from '../../../domain/words/amount';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import { stateWords } from '../../words/states';
import { edgeLabel } from '../../words/edge-label';
import { wideColumns, type TopologyColumns } from './topology-columns';

/** How a way is drawn: `sure` solid; `doubtful` dashed: Heron cannot tell; `split` one of several active LBs. */
export type WayKind = 'sure' | 'doubtful' | 'split' | 'former';

/** A line of the picture as an SVG path. */
export interface Way {
  key: string;
  kind: WayKind;
  path: string;
}

export interface TopologyEdge {
  id: string;
  label: string;
  y: number;
  role: string;
  /** What its LB role and its state mean, and what to do. */
  roleTip: string;
  stateTip: string;
  /** `active` holds the address; `passive` waits; `gone`: INIT, FAULT or nothing known. */
  lb: 'active' | 'passive' | 'gone' | 'none';
  health: EdgeView['health'];
  /** Width of what it sends straight back, pixels; null: not known, drawn dashed; 0: nothing. */
  returnPx: number | null;
}

export interface Topology {
  widthPx: number;
  heightPx: number;
  rowPx: number;
  middleY: number;
  edges: TopologyEdge[];
  /** Users to cluster IP to active LB, and from there to the edges that get requests. */
  requests: Way[];
  /** The one who held the address before, if that is not long ago. */
  former: Way | null;
  /** Nobody holds the address: the way from it ends in a cross. */
  broken: boolean;
  ingressWords: string;
  returnWords: string;
  /** Widest part of the way back, pixels; null: not known. */
  returnPx: number | null;
  /** The picture in words. */
  description: string;
}

export const topPx = 40;
/** Room for the users and what is written beside them, however few the edges. */
const leastRowsPx = 96;
const formerShownMs = 24 * 3_600_000;
const widestReturnPx = 10;

/** Lays out the picture of a cluster: users, the shared address, the LBs, the edges, and the way straight back (DSR). */
export function topologyOf(
  cluster: ClusterView,
  rowPx: number,
  atMs: number,
  columns: TopologyColumns = wideColumns,
): Topology {
  const hasLbs = cluster.kind === 'cluster';
  const active = new Set(activeIds(cluster));
  const totalOut = sum(cluster.edges.map((edge) => edge.proxyOutBitsPerSecond));
  const edges = cluster.edges.map((edge, index) => ({
    id: edge.id,
    label: edgeLabel(cluster.name, edge.name),
    y: edgeY(index, cluster.edges.length, rowPx),
    role: roleWords[edge.role],
    roleTip: roleTips[edge.role],
    stateTip: `${stateWords[edge.health].word}. ${stateTip(edge.health)}`,
    lb: lbOf(edge, active, hasLbs),
    health: edge.health,
    returnPx: returnWidth(edge.proxyOutBitsPerSecond, totalOut),
  }));
  const rowsPx = Math.max(cluster.edges.length * rowPx, leastRowsPx);
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
    returnWords:
      totalOut === null
        ? 'what goes straight back is not known'
        : `${bitRate(totalOut)} straight back, past the LB`,
    returnPx: totalOut === null ? null : totalOut === 0 ? 0 : widestReturnPx,
    description: describe(cluster, totalOut),
  };
}

/** The middle of an edge's row. A single edge stands beside the users. */
function edgeY(index: number, edges: number, rowPx: number): number {
  return edges === 1 ? topPx + leastRowsPx / 2 : topPx + index * rowPx + rowPx / 2;
}

function activeIds({ activeLb }: ClusterView): string[] {
  return activeLb.kind === 'one' ? [activeLb.edgeId] : activeLb.kind === 'several' ? activeLb.edgeIds : [];
}

function lbOf(edge: EdgeView, active: ReadonlySet<string>, hasLbs: boolean): TopologyEdge['lb'] {
  if (!hasLbs || edge.role === 'not-applicable') return 'none';
  if (active.has(edge.id)) return 'active';
  return edge.role === 'backup' || edge.role === 'master' ? 'passive' : 'gone';
}

/** From the address to this LB, and from it to every edge that gets requests. */
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
  const rates = cluster.edges.filter(({ id }) => active.includes(id)).map((edge) => edge.lbInBitsPerSecond);
  const total = sum(rates);
  return rates.length === 0 || total === null ? '' : bitRate(total);
}

function describe(cluster: ClusterView, totalOut: number | null): string {
  const { activeLb } = cluster;
  const serving = cluster.edges.filter(({ health }) => health === 'up' || health === 'degraded').length;
  const back = totalOut === null ? '' : ` ${bitRate(totalOut)} go straight back to users.`;
  if (cluster.kind === 'standalone')
    return `Users reach ${cluster.name} directly: it has no load balancer.${back}`;
  const address = cluster.clusterIp ?? 'the cluster IP';
  switch (activeLb.kind) {
    case 'one':
      return `Users reach ${address}, held by the LB of ${activeLb.edgeName}, which spreads over ${serving} of ${cluster.edges.length} edges.${back}`;
    case 'several':
      return `Users reach ${address}, held by several LBs at once: ${activeLb.edgeNames.join(' and ')}.${back}`;
    case 'none':
      return `Users of ${address} are cut off: no LB holds it.`;
    default:
      return `Which LB holds ${address} is not known.${back}`;
  }
}

/** Of those that are known: an edge that is down or silent adds nothing. Null when none is known. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = (toX - fromX) / 2;
  return `M${fromX} ${fromY}C${fromX + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`;
}
