import type { Gap, Span } from '../model/history';
import { healthSchema, type Health, type Reason } from '../model/health';
import { standaloneRowId, type Cluster, type Edge } from '../inventory/inventory';
import { lbRoleSchema, type LbRole } from '../model/role';
import type {
  ActiveLb,
  ClusterView,
  EdgeView,
  LastFailover,
  MonitorStatus,
  Snapshot,
} from '../model/snapshot';
import { endOfAcknowledgement, type Acknowledgement } from '../model/acknowledgement';
import { clusterRow, standaloneRow } from '../cluster/judge/cluster-view';
import { withMaintenance } from '../maintenance/shown';
import { activeLbAt } from './past-active-lb';
import type { FailoverEvent } from '../model/event';
import type { PastFacts } from './past-facts';
import { utcSecond } from '../words/time';
import { newPeakTrack } from '../cluster/judge/spare';
import { hides } from './monitored-time';

/**
 * All states at one instant, rebuilt from the history: clusters as configured and assessed at that time. Where it was not
 * monitored every state is unknown, with a reason that says so. What the history does not record is null.
 */
export function snapshotAt(past: PastFacts): Snapshot {
  const { inventory } = past;
  const clusters = [
    ...(inventory?.clusters ?? []).map((cluster) => clusterAt(cluster, past)),
    ...(inventory?.standaloneEdges ?? []).map((edge) => standaloneAt(edge, past)),
  ].map((row) => withMaintenance(row, past.maintenance(row.id)));
  return { atMs: past.atMs, clusters, monitor: monitorAt(past, clusters) };
}

function clusterAt(cluster: Cluster, past: PastFacts): ClusterView {
  const hidden = hiddenBy(past, cluster.id);
  const move = past.lastMove(cluster.id);
  const lastFailover = move ? lastFailoverOf(move) : null;
  const enabled =
    cluster.status === 'enabled' &&
    (cluster.edges.length === 0 || cluster.edges.some((edge) => edge.status === 'enabled'));
  const edges = cluster.edges.map((edge, index) => edgeAt(edge, index + 1, cluster, past, hidden));
  const judged = enabled
    ? judgedAt('cluster-health', cluster.id, past, hidden, waiting)
    : { health: 'disabled' as const, reasons: [], sinceMs: null };
  const activeLb = activeLbOf(cluster, judged, past, hidden);
  const acknowledged = acknowledgedAt(cluster.id, judged.health, past);
  const unacknowledgedOutages = past.unacknowledgedOutages(cluster.id);
  const restored = { lastFailover, acknowledged, unacknowledgedOutages, peak: newPeakTrack, users: null };
  return clusterRow(cluster, { ...judged, activeLb }, edges, restored);
}

function activeLbOf(cluster: Cluster, judged: Judged, past: PastFacts, hidden: Gap | null): ActiveLb {
  if (judged.health === 'disabled') return { kind: 'not-applicable' };
  if (hidden || !past.run) return { kind: 'unknown', lastEdgeName: null, lastSeenMs: null };
  return activeLbAt(cluster, judged, past, past.run.startMs);
}

function standaloneAt(edge: Edge, past: PastFacts): ClusterView {
  const view = edgeAt(edge, 1, null, past, hiddenBy(past, null));
  const rowId = standaloneRowId(edge);
  const unacknowledgedOutages = past.unacknowledgedOutages(rowId);
  return standaloneRow(edge, view, {
    acknowledged: acknowledgedAt(rowId, view.health, past),
    unacknowledgedOutages,
  });
}

/** An acknowledgement stays in force through times that were not monitored. */
function acknowledgedAt(rowId: string, health: Health, past: PastFacts): Acknowledgement | null {
  const known = past.acknowledged(rowId);
  return known && endOfAcknowledgement(known, health) !== 'well' ? known : null;
}

function edgeAt(
  edge: Edge,
  number: number,
  cluster: Cluster | null,
  past: PastFacts,
  hidden: Gap | null,
): EdgeView {
  const enabled = edge.status === 'enabled' && cluster?.status !== 'disabled';
  const judged = enabled
    ? judgedAt('edge-health', edge.id, past, hidden, notRead)
    : { health: 'disabled' as const, reasons: [], sinceMs: null };
  const role = enabled && edge.deployment === 'cluster' ? roleAt(edge, past, hidden) : null;
  const metrics = hidden || !enabled ? null : past.metrics(edge.id);
  return {
    id: edge.id,
    name: edge.name,
    clusterId: edge.clusterId,
    number,
    ...judged,
    maintenance: null,
    role: role?.role ?? 'not-applicable',
    roleSinceMs: role?.sinceMs ?? null,
    witnesses: [],
    proxyIp: edge.proxyIp,
    lbIp: edge.lbIp ?? null,
    managementIp: edge.managementIp ?? null,
    credential: edge.snmp?.credential ?? null,
    subscription: edge.subscription ?? null,
    share: null,
    proxyInBitsPerSecond: metrics?.proxyInBitsPerSecond ?? null,
    proxyOutBitsPerSecond: metrics?.proxyOutBitsPerSecond ?? null,
    lbInBitsPerSecond: metrics?.lbInBitsPerSecond ?? null,
    sessions: metrics?.sessions ?? null,
    cpuPercent: metrics?.cpuPercent ?? null,
    swapPercent: metrics?.swapPercent ?? null,
    uptimeMs: null,
    latencyMs: metrics?.latencyMs ?? null,
    lastAnswerMs: metrics?.answered ? metrics.atMs : null,
    lastPollMs: metrics?.atMs ?? null,
  };
}

interface Judged {
  health: Health;
  reasons: Reason[];
  sinceMs: number | null;
}

function judgedAt(
  kind: 'edge-health' | 'cluster-health',
  subjectId: string,
  past: PastFacts,
  hidden: Gap | null,
  before: Reason,
): Judged {
  if (hidden) return { health: 'unknown', reasons: [notMonitored(hidden)], sinceMs: hidden.fromMs };
  const span = past.spanAt(kind, subjectId);
  // Monitored, but not assessed yet.
  if (!span) return { health: 'unknown', reasons: [before], sinceMs: null };
  const health = healthSchema.parse(span.state);
  return { health, reasons: span.reasons ?? [], sinceMs: stateSinceMs(span, past) };
}

function roleAt(edge: Edge, past: PastFacts, hidden: Gap | null): { role: LbRole; sinceMs: number | null } {
  if (hidden) return { role: 'unknown', sinceMs: hidden.fromMs };
  const span = past.spanAt('lb-role', edge.id);
  return span
    ? { role: lbRoleSchema.parse(span.state), sinceMs: span.fromMs }
    : { role: 'unknown', sinceMs: null };
}

/** When a state began: a new span also begins when only its reasons change. */
function stateSinceMs(span: Span, past: PastFacts): number {
  let first = span;
  for (let before = past.spanBefore(first); before?.state === span.state; before = past.spanBefore(first)) {
    first = before;
  }
  return first.fromMs;
}

function hiddenBy(past: PastFacts, clusterId: string | null): Gap | null {
  return past.gaps.find((gap) => hides(gap, clusterId)) ?? null;
}

function notMonitored(gap: Gap): Reason {
  return { code: 'not-watched', fact: 'Not monitored at that time.', detail: gap.words };
}

const waiting: Reason = {
  code: 'not-read-yet',
  fact: 'Waiting for the first readings.',
  detail: 'Heron had just started.',
};
const notRead: Reason = { code: 'not-read-yet', fact: 'Not read yet.', detail: 'The first poll was due.' };

/** The part of a failover or failback that the table's "Last failover" column shows. */
export function lastFailoverOf({
  type,
  fromEdgeName,
  toEdgeName,
  bracket,
  gapMs,
  usersGapMs,
}: FailoverEvent): LastFailover {
  return { type, fromEdgeName, toEdgeName, bracket, gapMs, ...(usersGapMs ? { usersGapMs } : {}) };
}

function monitorAt(past: PastFacts, clusters: readonly ClusterView[]): MonitorStatus {
  const hidden = hiddenBy(past, null);
  const edges = clusters.flatMap((cluster) => cluster.edges).filter(({ health }) => health !== 'disabled');
  const at = `${utcSecond(past.atMs)} UTC`;
  const blind = hidden?.reason === 'own-network';
  return {
    state: hidden === null ? 'ok' : blind ? 'blind' : 'stalled',
    words: hidden ? `This is the past, ${at}: not monitored. ${hidden.words}` : `This is the past, ${at}.`,
    lagMs: 0,
    edgesPolled: edges.length,
    edgesAnswered: edges.filter(({ lastAnswerMs }) => lastAnswerMs !== null).length,
    healthIntervalMs: past.healthIntervalMs ?? 0,
    roleIntervalMs: clusters.length > 0 ? (lastInterval(past, clusters) ?? 0) : 0,
    slowestAnswerMs: edges.reduce<number | null>(
      (slowest, { latencyMs }) =>
        latencyMs === null ? slowest : slowest === null ? latencyMs : Math.max(slowest, latencyMs),
      null,
    ),
    history: {
      state: 'none',
      words: 'The past is read, not written.',
      sizeBytes: null,
      lastWriteMs: past.run?.watchedUntilMs ?? null,
      care: null,
      proof: null,
    },
  };
}

function lastInterval(past: PastFacts, clusters: readonly ClusterView[]): number | null {
  let latest: FailoverEvent | null = null;
  for (const { id } of clusters) {
    const move = past.lastMove(id);
    if (move && move.timeMs > (latest?.timeMs ?? -Infinity)) latest = move;
  }
  return latest?.pollIntervalMs ?? null;
}
