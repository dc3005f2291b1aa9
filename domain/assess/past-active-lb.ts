import type { Span } from '../contract/past';
import type { Health, Reason } from '../health';
import type { Cluster, Edge } from '../inventory/inventory';
import type { ActiveLb } from '../snapshot';
import type { PastFacts } from './past-facts';

/** While the old master is silent and the new one is not sure yet, the old one is still shown: a take-over, not unknown. */
const takeOverLimboMs = 2_500;

/**
 * Who was the active LB, from what was judged then: the cluster's state says whether there were none or several, and
 * failovers and roles say which one.
 */
export function activeLbAt(
  cluster: Cluster,
  judged: { health: Health; reasons: readonly Reason[] },
  past: PastFacts,
  runStartMs: number,
): ActiveLb {
  const lbs = cluster.edges.filter((edge) => edge.deployment === 'cluster' && edge.status === 'enabled');
  const roles = new Map(lbs.map((edge) => [edge.id, past.spanAt('lb-role', edge.id)]));
  const lastMove = past.lastMove(cluster.id);
  const move = lastMove && lastMove.timeMs >= runStartMs ? lastMove : null;
  const masters = lbs
    .filter((edge) => roles.get(edge.id)?.state === 'master')
    .sort((a, b) => (roles.get(a.id)?.fromMs ?? 0) - (roles.get(b.id)?.fromMs ?? 0));

  if (judged.health === 'split-brain') {
    const [, second] = masters;
    return {
      kind: 'several',
      edgeIds: masters.map(({ id }) => id),
      edgeNames: masters.map(({ name }) => name),
      sinceMs: past.lastSplitMs(cluster.id) ?? (second ? (roles.get(second.id)?.fromMs ?? null) : null),
    };
  }
  const active = move
    ? lbs.find(({ id }) => id === move.toEdgeId)
    : (masters[0] ?? lastMasterAmong(lbs, past, runStartMs));
  const role = active ? (roles.get(active.id) ?? null) : null;
  if (judged.health === 'no-active-lb') {
    const lost = active ? past.lastSpanIn('lb-role', active.id, 'master', runStartMs) : null;
    const [first] = lbs;
    const firstRole = first ? roles.get(first.id) : null;
    return { kind: 'none', sinceMs: lost?.toMs ?? firstRole?.fromMs ?? null };
  }
  if (active && !isUnknown(judged, role, past.atMs)) {
    const sinceMs = activeSince(cluster.id, role, move?.timeMs ?? null, past, runStartMs);
    return { kind: 'one', edgeId: active.id, edgeName: active.name, sinceMs };
  }
  if (!active) return { kind: 'unknown', lastEdgeName: null, lastSeenMs: null };
  const lastSeen = past.lastSpanIn('lb-role', active.id, 'master', runStartMs);
  return { kind: 'unknown', lastEdgeName: active.name, lastSeenMs: lastSeen?.toMs ?? null };
}

function isUnknown(
  judged: { health: Health; reasons: readonly Reason[] },
  role: Span | null,
  atMs: number,
): boolean {
  if (judged.reasons.some(({ code }) => code === 'active-lb-unknown')) return true;
  if (role?.state === 'master') return false;
  // These are only said of a cluster whose active LB is known.
  if (['up', 'degraded', 'no-redundancy'].includes(judged.health)) return false;
  return judged.health === 'unknown' || role === null || atMs - role.fromMs >= takeOverLimboMs;
}

/** The only LB that was active in a run without a failover. */
function lastMasterAmong(lbs: readonly Edge[], past: PastFacts, runStartMs: number): Edge | undefined {
  return lbs.find(({ id }) => past.lastSpanIn('lb-role', id, 'master', runStartMs) !== null);
}

/** Since when it was active: its failover, or its own rise; null when it already was at the first look. */
function activeSince(
  clusterId: string,
  role: Span | null,
  movedMs: number | null,
  past: PastFacts,
  runStartMs: number,
): number | null {
  const master = role?.state === 'master' ? role : null;
  // Having been lost by all and taken up again by the same LB is no failover, and yet a new beginning.
  const lost = past.lastSpanIn('cluster-health', clusterId, 'no-active-lb', movedMs ?? runStartMs);
  if (lost && master && master.fromMs >= lost.fromMs) return master.fromMs;
  if (movedMs !== null) return movedMs;
  return master ? roseMs(master, past) : null;
}

/** When an LB was first seen as master after it was seen without the role; null: it never was. Silence in between counts for neither. */
function roseMs(master: Span, past: PastFacts): number | null {
  let risen = master;
  for (let before = past.spanBefore(master); before; before = past.spanBefore(before)) {
    if (before.state === 'master') risen = before;
    else if (before.state !== 'unknown') return risen.fromMs;
  }
  return null;
}
