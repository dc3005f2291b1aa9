import { endOfAcknowledgement, type Acknowledgement } from '../model/acknowledgement';
import type { HeronEvent } from '../model/event';
import { isQuiet } from '../model/health';
import type { Change } from '../cluster/change';
import type { WatchedCluster } from '../cluster/cluster-monitor';

/** Who takes a problem (or gives it back), and what he says about it. */
export interface SaidOfProblem {
  by: string;
  words: string;
  withdrawn: boolean;
}

/** A person says that he has a row's problem, or has it no more. Null: there is nothing to say that of. */
export function acknowledge(
  rows: readonly WatchedCluster[],
  rowId: string,
  said: SaidOfProblem,
  nowMs: number,
): { row: WatchedCluster; event: HeronEvent } | null {
  const row = rows.find(({ id }) => id === rowId);
  if (!row) return null;
  const { health } = row.view();
  const { by, words, withdrawn } = said;
  if (withdrawn ? row.acknowledged === null : isQuiet(health)) return null;
  const known = { by, words, atMs: Math.round(nowMs), health };
  row.acknowledged = withdrawn ? null : known;
  return { row, event: event(row, known, withdrawn ? 'withdrawn' : null, known.atMs) };
}

/** Ends the row's acknowledgement when a change made it well, or worse than what was acknowledged. */
export function endAcknowledgement(change: Change, row: WatchedCluster, nowMs: number): HeronEvent | null {
  const known = row.acknowledged;
  const ofEdge = change.kind === 'edge-state' && row.cluster === null;
  if (known === null || !(ofEdge || change.kind === 'cluster-state')) return null;
  const ended = endOfAcknowledgement(known, change.to);
  if (ended === null) return null;
  row.acknowledged = null;
  return event(row, { ...known, health: change.to }, ended, Math.round(nowMs));
}

function event(
  row: WatchedCluster,
  { by, words, health }: Acknowledgement,
  ended: 'withdrawn' | 'well' | 'worse' | null,
  nowMs: number,
): HeronEvent {
  const { id: clusterId, name: clusterName } = row.view();
  const times = { timeMs: nowMs, recordedAtMs: nowMs };
  return { type: 'acknowledged', ...times, clusterId, clusterName, by, words, health, ended };
}
