import { shownRole, type RoleTrack } from '../observe/role-track';
import { standaloneRowId, type Cluster, type Edge } from '../../inventory/inventory';
import type { UserPathView } from '../../model/probe';
import type { RoleWitness } from '../../model/role';
import type { ClusterView, EdgeView, LastFailover } from '../../model/snapshot';
import { shownAcknowledgement, type Acknowledgement } from '../../model/acknowledgement';
import type { Outage } from '../../model/outage';
import { currentMetrics, currentRates, uptimeOf, type EdgeTrack } from '../observe/edge-track';
import type { ClusterJudgement } from './judge-cluster';
import { newFaults } from './faults';
import { spreadOf } from './share';
import { spareOf, type PeakTrack } from './spare';

/** What a row shows besides the present state of its edges. */
export interface RowMemory {
  lastFailover: LastFailover | null;
  acknowledged: Acknowledgement | null;
  unacknowledgedOutages: readonly Outage[];
  peak: PeakTrack;
  /** The path of its users; null: not probed, or not recorded. */
  users: UserPathView | null;
}

/** Everything that a row and its details pane show. */
export function clusterView(
  cluster: Cluster,
  judged: ClusterJudgement & { sinceMs: number | null },
  edges: readonly {
    edge: Edge;
    track: EdgeTrack;
    role: RoleTrack | undefined;
    witnesses: readonly RoleWitness[];
  }[],
  memory: RowMemory,
): ClusterView {
  const enabled = judged.health !== 'disabled';
  const views = edges.map(({ edge, track, role, witnesses }, index) => ({
    ...edgeView(edge, track, role, index + 1, enabled),
    witnesses: [...witnesses],
  }));
  return clusterRow(cluster, judged, views, memory);
}

/** The row of a cluster, from the views of its edges, whose shares are calculated here. */
export function clusterRow(
  cluster: Cluster,
  judged: ClusterJudgement & { sinceMs: number | null },
  views: EdgeView[],
  { lastFailover, acknowledged, unacknowledgedOutages, peak, users }: RowMemory,
): ClusterView {
  const spread = spreadOf(
    views.map((view) => ({
      id: view.id,
      healthy: view.health === 'up' || view.health === 'degraded',
      mayServe: view.health !== 'down' && view.health !== 'disabled',
      bitsPerSecond: proxyBits(view),
    })),
  );
  for (const view of views) view.share = spread.shares[view.id] ?? null;
  const up = edgesUp(views);
  const bounds = { edgesUp: up, activeLb: judged.activeLb.kind, edges: views };
  const answers = views.filter((view) => view.health !== 'disabled').map((view) => view.lastAnswerMs);
  return {
    id: cluster.id,
    kind: 'cluster',
    name: cluster.name,
    site: cluster.site ?? null,
    status: cluster.status,
    health: judged.health,
    sinceMs: stateSinceMs(judged),
    reasons: judged.reasons,
    maintenance: null,
    activeLb: judged.activeLb,
    lastFailover,
    users,
    acknowledged: shownAcknowledgement(acknowledged),
    newFaults: newFaults({ ...judged, edges: views }, acknowledged),
    unacknowledgedOutages: [...unacknowledgedOutages],
    edgesUp: up,
    edgesTotal: views.length,
    spare: spareOf(bounds, cluster.edgeCapacityMegabitsPerSecond, peak),
    clusterIp: cluster.clusterIp,
    subnetMask: cluster.subnetMask,
    defaultGateway: cluster.defaultGateway,
    ipsecLocalTermination: cluster.ipsecLocalTermination,
    bitsPerSecond: spread.bitsPerSecond,
    evenness: spread.evenness,
    edges: views,
    oldestAnswerMs: oldest(answers),
  };
}

/** Since when a cluster is in its state. A split brain is judged seconds after it began: it counts from the time of its event. */
function stateSinceMs({
  health,
  activeLb,
  sinceMs,
}: ClusterJudgement & { sinceMs: number | null }): number | null {
  return health === 'split-brain' && activeLb.kind === 'several' ? (activeLb.sinceMs ?? sinceMs) : sinceMs;
}

/** The row of an edge without a cluster: it has no LB and no failover. */
export function standaloneView(
  edge: Edge,
  track: EdgeTrack,
  memory: Pick<RowMemory, 'acknowledged' | 'unacknowledgedOutages'>,
): ClusterView {
  const view = edgeView(edge, track, undefined, 1, track.health !== 'disabled');
  return standaloneRow(edge, view, memory);
}

/** The row of a standalone edge, from its view. */
export function standaloneRow(
  edge: Edge,
  view: EdgeView,
  { acknowledged, unacknowledgedOutages }: Pick<RowMemory, 'acknowledged' | 'unacknowledgedOutages'>,
): ClusterView {
  return {
    id: standaloneRowId(edge),
    kind: 'standalone',
    name: edge.name,
    site: null,
    status: edge.status,
    health: view.health,
    sinceMs: view.sinceMs,
    reasons: view.reasons,
    maintenance: null,
    activeLb: { kind: 'not-applicable' },
    lastFailover: null,
    users: null,
    acknowledged: shownAcknowledgement(acknowledged),
    newFaults: newFaults({ health: view.health, reasons: view.reasons, edges: [view] }, acknowledged),
    unacknowledgedOutages: [...unacknowledgedOutages],
    edgesUp: edgesUp([view]),
    edgesTotal: 1,
    spare: null,
    clusterIp: null,
    subnetMask: edge.subnetMask ?? null,
    defaultGateway: edge.defaultGateway ?? null,
    ipsecLocalTermination: false,
    bitsPerSecond: proxyBits(view),
    evenness: null,
    edges: [view],
    oldestAnswerMs: view.lastAnswerMs,
  };
}

function edgeView(
  edge: Edge,
  track: EdgeTrack,
  role: RoleTrack | undefined,
  number: number,
  enabled: boolean,
): EdgeView {
  const watched = enabled && edge.status === 'enabled' && track.health !== 'disabled';
  const shown = shownRole(role, watched);
  // What an edge reported before it fell silent, and what it no longer reports, does not apply.
  const current = currentMetrics(track);
  const rates = currentRates(track);
  return {
    id: edge.id,
    name: edge.name,
    clusterId: edge.clusterId,
    number,
    health: watched ? track.health : 'disabled',
    sinceMs: track.sinceMs,
    reasons: track.reasons,
    maintenance: null,
    role: shown,
    roleSinceMs: (shown === role?.role ? role.first?.toMs : null) ?? unknownSince(role),
    witnesses: role?.witnesses ?? [],
    proxyIp: edge.proxyIp,
    lbIp: edge.lbIp ?? null,
    managementIp: edge.managementIp ?? null,
    credential: edge.snmp?.credential ?? null,
    subscription: edge.subscription ?? null,
    share: null,
    proxyInBitsPerSecond: rates?.proxyInBitsPerSecond ?? null,
    proxyOutBitsPerSecond: rates?.proxyOutBitsPerSecond ?? null,
    lbInBitsPerSecond: rates?.lbInBitsPerSecond ?? null,
    sessions: current?.tcpEstablished ?? null,
    cpuPercent: current?.cpuPercent ?? null,
    swapPercent: current?.swapPercent ?? null,
    uptimeMs: current && uptimeOf(track),
    latencyMs: track.snmp.latencyMs ?? track.http.latencyMs ?? track.tcp.latencyMs,
    lastAnswerMs: edge.snmp
      ? track.snmp.lastAnswerMs
      : latest(track.http.lastAnswerMs, track.tcp.lastAnswerMs),
    lastPollMs: track.lastPollMs,
  };
}

function unknownSince(role: RoleTrack | undefined): number | null {
  return role?.silence?.fromMs ?? role?.unreported?.first.fromMs ?? null;
}

type ProxyRates = Pick<EdgeView, 'proxyInBitsPerSecond' | 'proxyOutBitsPerSecond'>;

/** An edge's own traffic, in and out of its proxy interface; null where one of them is unknown. */
export function proxyBits(rates: ProxyRates): number | null {
  if (rates.proxyInBitsPerSecond === null || rates.proxyOutBitsPerSecond === null) return null;
  return rates.proxyInBitsPerSecond + rates.proxyOutBitsPerSecond;
}

/** The number of edges that serve users; null when none is known to, and some are unknown. */
function edgesUp(views: readonly EdgeView[]): number | null {
  const watched = views.filter((view) => view.health !== 'disabled');
  const up = watched.filter((view) => view.health === 'up' || view.health === 'degraded').length;
  const isUnknown = up === 0 && watched.some((view) => view.health === 'unknown');
  return watched.length === 0 || isUnknown ? null : up;
}

function oldest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time): time is number => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
