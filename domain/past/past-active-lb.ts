import type { Span } from '../model/history';
import type { Health, Reason } from '../model/health';
import type { Cluster, Edge } from '../inventory/inventory';
import type { ActiveLb } from '../model/snapshot';
import type { PastFacts } from './past-facts';

/**
 * The active LB at a past time, from the recorded assessment: the state of the cluster shows whether there was none or several,
 * failovers and roles show which one.
 */
export function activeLbAt(
  cluster: Cluster,
  judged: { health: Health; reasons: readonly Reason[]; sinceMs: number | null },
  past: PastFacts,
  runStartMs: number,
): ActiveLb {
  const lbs = cluster.edges.filter((edge) => edge.deployment === 'cluster' && edge.status === 'enabled');
  const roles = new Map(lbs.map((edge) => [edge.id, past.spanAt('lb-role', edge.id)]));
  const lastMove = past.lastMove(cluster.id);
  const move = lastMove && lastMove.timeMs >= runStartMs ? lastMove : null;
  const masters = inOrder(lbs, roles, ({ state }) => state === 'master');

  if (judged.health === 'split-brain') {
    const halves = masters.length > 1 ? masters : lastHalves(lbs, roles, judged.sinceMs ?? 0, past);
    return {
      kind: 'several',
      edgeIds: halves.map(({ id }) => id),
      edgeNames: halves.map(({ name }) => name),
      sinceMs: past.lastSplitMs(cluster.id),
    };
  }
  const active = move
    ? lbs.find(({ id }) => id === move.toEdgeId)
    : firstMasterAmong(lbs, masters, roles, past, runStartMs);
  const role = active ? (roles.get(active.id) ?? null) : null;
  if (judged.health === 'no-active-lb') {
    const foundMs = judged.sinceMs ?? past.atMs;
    const words = lbs.map(({ id }) => roleWhen(roles.get(id) ?? null, foundMs, past));
    return {
      kind: 'none',
      sinceMs: lostMs(words[lbs.findIndex((lb) => lb === active)] ?? null, words, past),
    };
  }
  if (active && role?.state === 'master' && !isUndecided(judged)) {
    const sinceMs = activeSince(cluster.id, role, move?.timeMs ?? null, past, runStartMs);
    return { kind: 'one', edgeId: active.id, edgeName: active.name, sinceMs };
  }
  if (!active) return { kind: 'unknown', lastEdgeName: null, lastSeenMs: null };
  const lastSeen = past.lastSpanIn('lb-role', active.id, 'master', runStartMs);
  return { kind: 'unknown', lastEdgeName: active.name, lastSeenMs: lastSeen?.toMs ?? null };
}

/** The LBs whose role satisfies a condition, ordered by the beginning of that role. */
function inOrder(
  lbs: readonly Edge[],
  roles: ReadonlyMap<string, Span | null>,
  wanted: (role: Span) => boolean,
): Edge[] {
  const since = (edge: Edge): number => roles.get(edge.id)?.fromMs ?? 0;
  return lbs
    .filter(({ id }) => {
      const role = roles.get(id);
      return role && wanted(role);
    })
    .sort((a, b) => since(a) - since(b));
}

/**
 * The LBs that were master when last several were. A split brain lasts until they answer again: one that has just yielded or become
 * unreachable still belongs to it, one that yielded while there were still two others does not.
 */
function lastHalves(
  lbs: readonly Edge[],
  roles: ReadonlyMap<string, Span | null>,
  fromMs: number,
  past: PastFacts,
): Edge[] {
  const endOf = (role: Span): number => (role.state === 'master' ? Infinity : role.fromMs);
  const were = (role: Span): boolean => role.state === 'master' || wasMasterUntil(role, fromMs, past);
  const ends = [...roles.values()].flatMap((role) => (role && were(role) ? [endOf(role)] : []));
  const lastMs = ends.sort((a, b) => b - a)[1] ?? 0;
  return inOrder(lbs, roles, (role) => were(role) && endOf(role) >= lastMs);
}

/** Whether an LB was master until its present role began, and that was not before `fromMs`. */
function wasMasterUntil(role: Span, fromMs: number, past: PastFacts): boolean {
  return role.fromMs >= fromMs && past.spanBefore(role)?.state === 'master';
}

function isUndecided({ reasons }: { reasons: readonly Reason[] }): boolean {
  return reasons.some(({ code }) => code === 'active-lb-unknown');
}

/** The role of an LB at an earlier time, found from its role at a later one. */
function roleWhen(role: Span | null, atMs: number, past: PastFacts): Span | null {
  let then = role;
  while (then && then.fromMs > atMs) then = past.spanBefore(then);
  return then;
}

/** Since when none of these LBs was master: since the active one became unreachable, otherwise since the last of them certainly was not. */
function lostMs(active: Span | null, lbs: readonly (Span | null)[], past: PastFacts): number | null {
  if (active?.state === 'unknown') return active.fromMs;
  const since = lbs.flatMap((role) => (role && role.state !== 'unknown' ? withoutMasterMs(role, past) : []));
  return since.length === 0 ? null : Math.max(...since);
}

/** Since when an LB certainly was not master. One that stopped as BACKUP may have been master in between (role-track.ts). */
function withoutMasterMs(role: Span, past: PastFacts): number {
  let then = role;
  for (let before = past.spanBefore(then); before; before = past.spanBefore(then)) {
    const stopped = before.state === 'backup' && then.state !== 'backup';
    if (before.state === 'master' || before.state === 'unknown' || stopped) break;
    then = before;
  }
  return then.fromMs;
}

/** The active LB of a run without a failover: the first that was master in it. */
function firstMasterAmong(
  lbs: readonly Edge[],
  masters: readonly Edge[],
  roles: ReadonlyMap<string, Span | null>,
  past: PastFacts,
  runStartMs: number,
): Edge | undefined {
  const [only, another] = masters;
  const role = only && roles.get(only.id);
  if (role && !another && past.spanBefore(role) === null) return only;
  const since = lbs.flatMap((lb) => {
    const last = past.lastSpanIn('lb-role', lb.id, 'master', runStartMs);
    return last ? [{ lb, last }] : [];
  });
  if (since.length < 2) return since[0]?.lb;
  const firstMs = new Map(since.map(({ lb, last }) => [lb, firstMasterMs(last, past)]));
  return since.map(({ lb }) => lb).sort((a, b) => (firstMs.get(a) ?? 0) - (firstMs.get(b) ?? 0))[0];
}

function firstMasterMs(last: Span, past: PastFacts): number {
  let firstMs = last.fromMs;
  for (let before = past.spanBefore(last); before; before = past.spanBefore(before)) {
    if (before.state === 'master') firstMs = before.fromMs;
  }
  return firstMs;
}

/** Since when it was active: its failover, or when it became master; null when it already was at the first reading. */
function activeSince(
  clusterId: string,
  role: Span | null,
  movedMs: number | null,
  past: PastFacts,
  runStartMs: number,
): number | null {
  // It is still shown as active while it does not answer, and in the first moments of a take-over.
  let master = role;
  while (master && master.state !== 'master') master = past.spanBefore(master);
  // The same LB taking the role again after no LB had it is not a failover, but restarts the time.
  const lost = past.lastSpanIn('cluster-health', clusterId, 'no-active-lb', movedMs ?? runStartMs);
  if (lost && master && master.fromMs >= lost.fromMs) return regainedMs(master, lost.fromMs, past);
  if (movedMs !== null) return movedMs;
  return master ? roseMs(master, past) : null;
}

/** When an LB was first seen as master after no LB was active, at `lostMs`. Shorter losses since then do not restart the time. */
function regainedMs(master: Span, lostMs: number, past: PastFacts): number {
  let first = master;
  for (let before = past.spanBefore(master); before; before = past.spanBefore(before)) {
    if (before.fromMs < lostMs) break;
    if (before.state === 'master') first = before;
  }
  return first.fromMs;
}

/** When an LB was first seen as master after it was seen without the role; null: never. Times without answers count for neither. */
function roseMs(master: Span, past: PastFacts): number | null {
  let risen = master;
  for (let before = past.spanBefore(master); before; before = past.spanBefore(before)) {
    if (before.state === 'master') risen = before;
    else if (before.state !== 'unknown') return risen.fromMs;
  }
  return null;
}
