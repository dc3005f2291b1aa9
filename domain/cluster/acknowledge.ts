import { endOfAcknowledgement, type Acknowledgement } from '../model/acknowledgement';
import type { HeronEvent } from '../model/event';
import { isProblem } from '../model/health';
import type { MonitoredRow } from './cluster-events';
import type { Change } from './detect/change';

/** What a user enters when acknowledging a row's problem, or withdrawing that. */
export interface AcknowledgementInput {
  by: string;
  words: string;
  withdrawn: boolean;
}

interface Acknowledged {
  acknowledged: Acknowledgement | null;
  event: HeronEvent;
}

/** Acknowledges a row's problem, or withdraws the acknowledgement; null when there is none. */
export function acknowledge(
  row: MonitoredRow,
  { by, words, withdrawn }: AcknowledgementInput,
  nowMs: number,
): Acknowledged | null {
  const { health } = row.view();
  if (withdrawn ? row.acknowledged === null : !isProblem(health)) return null;
  const acknowledged = { by, words, atMs: Math.round(nowMs), health };
  return {
    acknowledged: withdrawn ? null : acknowledged,
    event: acknowledgedEvent(row, acknowledged, withdrawn ? 'withdrawn' : null, nowMs),
  };
}

/** The event that ends a row's acknowledgement, because it recovered or got worse than acknowledged; null: it does not end. */
export function endAcknowledgement(change: Change, row: MonitoredRow, nowMs: number): HeronEvent | null {
  const { acknowledged } = row;
  const ofEdge = change.kind === 'edge-state' && row.cluster === null;
  if (acknowledged === null || !(ofEdge || change.kind === 'cluster-state')) return null;
  const ended = endOfAcknowledgement(acknowledged, change.to);
  return ended === null ? null : acknowledgedEvent(row, { ...acknowledged, health: change.to }, ended, nowMs);
}

function acknowledgedEvent(
  row: MonitoredRow,
  { by, words, health }: Acknowledgement,
  ended: 'withdrawn' | 'well' | 'worse' | null,
  nowMs: number,
): HeronEvent {
  const { id: clusterId, name: clusterName } = row.view();
  const atMs = Math.round(nowMs);
  const times = { timeMs: atMs, recordedAtMs: atMs };
  return { type: 'acknowledged', ...times, clusterId, clusterName, by, words, health, ended };
}
