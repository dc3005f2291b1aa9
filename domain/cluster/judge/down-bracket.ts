import type { Bracket } from '../../model/event';
import type { Health, Reason } from '../../model/health';
import type { ServiceEvidence } from '../observe/service-evidence';
import type { UserPath } from '../observe/user-path';

interface StateChange {
  from: Health;
  to: Health;
  atMs: number;
}

/** What shows whether a cluster's users are served. */
export interface ServedEvidence {
  service: ServiceEvidence;
  edgeIds: readonly string[];
  /** The cluster's reasons before and after the change. */
  before: readonly Reason[];
  after: readonly Reason[];
  path: UserPath | null;
}

/**
 * Between which readings a cluster went down, or stopped being down; undefined for other changes. Before it went down, some edge was
 * last read to serve, or a probe was answered. Until it stopped, every edge was last read to be down, or a probe failed.
 */
export function downBracket(change: StateChange, evidence: ServedEvidence): Bracket | undefined {
  const { from, to, atMs } = change;
  if (from !== 'down' && to !== 'down') return undefined;
  const lastOldMs = to === 'down' ? lastServedMs(evidence) : lastDownMs(evidence);
  return lastOldMs === null ? undefined : bracketUntil(lastOldMs, atMs);
}

/** The same of one edge. `atMs`: when the reading ended that changed its state. */
export function edgeDownBracket(
  { from, to, atMs }: StateChange,
  edgeId: string,
  service: ServiceEvidence,
): Bracket | undefined {
  if (from !== 'down' && to !== 'down') return undefined;
  const seen = service.of(edgeId);
  const lastOldMs = to === 'down' ? seen?.servingMs : seen?.downMs;
  return typeof lastOldMs === 'number' ? bracketUntil(lastOldMs, atMs) : undefined;
}

function lastServedMs({ service, edgeIds, after, path }: ServedEvidence): number | null {
  if (isByProbes(after) && path?.state.kind === 'not-served') return path.state.since.lastOldMs;
  const times = edgeIds.flatMap((id) => service.of(id)?.servingMs ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

function lastDownMs({ service, edgeIds, before, path }: ServedEvidence): number | null {
  const times = edgeIds.map((id) => service.of(id)?.downMs ?? null);
  const known = times.filter((time) => time !== null);
  const byEdges = known.length > 0 && known.length === times.length ? Math.min(...known) : null;
  const byProbes = isByProbes(before) ? (path?.lastFailedMs ?? null) : null;
  return byEdges === null || byProbes === null ? (byEdges ?? byProbes) : Math.max(byEdges, byProbes);
}

function isByProbes(reasons: readonly Reason[]): boolean {
  return reasons.some(({ code }) => code === 'users-not-served');
}

function bracketUntil(lastOldMs: number, atMs: number): Bracket {
  const firstNewMs = Math.ceil(atMs);
  return { lastOldMs: Math.min(Math.floor(lastOldMs), firstNewMs), firstNewMs };
}
