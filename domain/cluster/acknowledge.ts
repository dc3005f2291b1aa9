import { endOfAcknowledgement, type Acknowledgement, type AcknowledgedEvent } from '../model/acknowledgement';
import type { FaultKey, HeronEvent } from '../model/event';
import { isProblem, type Health } from '../model/health';
import type { MonitoredRow } from './cluster-events';
import type { Change } from './detect/change';
import { faultsOf, remainingFaults } from './judge/faults';

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

/**
 * Acknowledges what is wrong with a row now and what has cut its users off, or withdraws the acknowledgement; null when there is
 * none of it.
 */
export function acknowledge(
  row: MonitoredRow,
  { by, words, withdrawn }: AcknowledgementInput,
  nowMs: number,
): Acknowledged | null {
  const view = row.view();
  const { health } = view;
  const hasProblem = isProblem(health);
  if (withdrawn ? row.acknowledged === null : !hasProblem && view.unacknowledgedOutages.length === 0)
    return null;
  const faults = faultsOf(view).map(({ edgeId, code }) => ({ edgeId, code }));
  const acknowledged = { by, words, atMs: Math.round(nowMs), health, faults };
  const event = acknowledgedEvent(
    row,
    acknowledged,
    nowMs,
    withdrawn ? { ended: 'withdrawn' } : { covers: { faults } },
  );
  return { acknowledged: withdrawn || !hasProblem ? null : acknowledged, event };
}

/**
 * What changes of a row do to its acknowledgement: it ends when all that it covers is over, and covers less when a part is. Null: it
 * stays as it is.
 */
export function updateAcknowledgement(
  changes: readonly Change[],
  row: MonitoredRow,
  nowMs: number,
): Acknowledged | null {
  const { acknowledged } = row;
  if (acknowledged === null || changes.length === 0) return null;
  const to = changes.reduce<Health | null>((state, change) => stateOf(change, row) ?? state, null);
  const ended = to === null ? null : endOfAcknowledgement(acknowledged, to);
  if (ended !== null && to !== null) return endedAs(ended, row, { ...acknowledged, health: to }, nowMs);
  if (!acknowledged.faults) return null;
  const view = row.view();
  const faults = remainingFaults(view, acknowledged.faults);
  if (faults.length === acknowledged.faults.length) return null;
  if (faults.length === 0) {
    // Whether anything is over cannot be told of a row that is unknown.
    return view.health === 'unknown'
      ? null
      : endedAs('well', row, { ...acknowledged, health: view.health }, nowMs);
  }
  const event = acknowledgedEvent(row, acknowledged, nowMs, { covers: { faults, isRemainder: true } });
  return { acknowledged: { ...acknowledged, faults }, event };
}

/** The state that a change puts the row itself in; null: it is about something else. */
function stateOf(change: Change, row: MonitoredRow): Health | null {
  const isOfRow = change.kind === 'cluster-state' || (change.kind === 'edge-state' && row.cluster === null);
  return isOfRow ? change.to : null;
}

function endedAs(
  ended: 'well' | 'worse',
  row: MonitoredRow,
  acknowledged: Acknowledgement,
  nowMs: number,
): Acknowledged {
  return { acknowledged: null, event: acknowledgedEvent(row, acknowledged, nowMs, { ended }) };
}

function acknowledgedEvent(
  row: MonitoredRow,
  { by, words, health }: Acknowledgement,
  nowMs: number,
  {
    ended = null,
    covers,
  }: { ended?: AcknowledgedEvent['ended']; covers?: { faults: FaultKey[]; isRemainder?: true } },
): AcknowledgedEvent {
  const { id: clusterId, name: clusterName } = row.view();
  const atMs = Math.round(nowMs);
  const times = { timeMs: atMs, recordedAtMs: atMs };
  const event = { type: 'acknowledged' as const, ...times, clusterId, clusterName, by, words, health, ended };
  return covers ? { ...event, covers } : event;
}
