import type { AcknowledgedEvent, Acknowledgement } from '../model/acknowledgement';
import type { Alert } from '../model/alert';
import type { AcknowledgedUntil } from '../model/alert-rule';
import type { FaultKey } from '../model/event';
import type { Health } from '../model/health';
import { alertTimes } from '../model/thresholds';
import { ownRowId } from './recorded-alerts';

/** What a person enters when acknowledging alerts, or withdrawing that. */
export interface AcknowledgeAlerts {
  ids: readonly string[];
  by: string;
  words: string;
  until: AcknowledgedUntil;
  sticky: boolean;
  assignee: string | null;
  withdrawn: boolean;
}

/** What an acknowledgement has to know of the row of its alerts. */
export interface RowFacts {
  name: string;
  health: Health;
  /** What is acknowledged of it already. */
  acknowledged: Acknowledgement | null;
  faultsOf(alertId: string): readonly FaultKey[];
}

/** The events that acknowledge alerts, or withdraw that: one for each row. */
export function acknowledgedEvents(
  alerts: readonly Alert[],
  input: AcknowledgeAlerts,
  factsOf: (rowId: string) => RowFacts,
  nowMs: number,
): AcknowledgedEvent[] {
  const rowIds = new Set(alerts.map(({ rowId }) => rowId ?? ownRowId));
  return [...rowIds].map((rowId) => {
    const its = alerts.filter((alert) => (alert.rowId ?? ownRowId) === rowId);
    const facts = factsOf(rowId);
    const own = its.flatMap(({ id }) => facts.faultsOf(id));
    const known = facts.acknowledged?.faults ?? [];
    const faults = input.withdrawn ? without(known, own) : [...without(known, own), ...own];
    const { by, words, until, sticky, assignee, withdrawn } = input;
    return eventOf(rowId, facts, {
      ...{ by, words, ended: withdrawn ? 'withdrawn' : null },
      faults,
      alerts: { alertIds: its.map(({ id }) => id), until, sticky, assignee },
      nowMs,
    });
  });
}

/** The event that ends the acknowledgement of an alert; null: it has none. */
export function endedAcknowledgement(
  { id, rowId, acknowledged, assignee }: Alert,
  ended: 'expired' | 'changed',
  facts: RowFacts,
  nowMs: number,
): AcknowledgedEvent | null {
  if (!acknowledged) return null;
  const { by, words, until, sticky } = acknowledged;
  return eventOf(rowId ?? ownRowId, facts, {
    ...{ by, words, ended },
    faults: without(facts.acknowledged?.faults ?? [], facts.faultsOf(id)),
    alerts: { alertIds: [id], until, sticky, assignee },
    nowMs,
  });
}

/** Whether something about an acknowledged alert is new, so that its acknowledgement ends: it is worse, or has a later symptom. */
export function isNewFact(
  { acknowledged, symptoms, openedMs }: Alert,
  isWorse: boolean,
  nowMs: number,
): boolean {
  if (!acknowledged || (acknowledged.sticky && acknowledged.until.kind !== 'changes')) return false;
  if (isWorse) return true;
  if (nowMs - openedMs < alertTimes.settleMs) return false;
  return symptoms.some(
    ({ sinceMs }) => sinceMs > acknowledged.atMs && sinceMs > openedMs + alertTimes.settleMs,
  );
}

function without(faults: readonly FaultKey[], removed: readonly FaultKey[]): FaultKey[] {
  return faults.filter(
    (one) => !removed.some(({ edgeId, code }) => one.edgeId === edgeId && one.code === code),
  );
}

function eventOf(
  rowId: string,
  { name, health }: RowFacts,
  given: Pick<AcknowledgedEvent, 'by' | 'words' | 'ended' | 'alerts'> & { faults: FaultKey[]; nowMs: number },
): AcknowledgedEvent {
  const { by, words, ended, alerts, faults, nowMs } = given;
  return {
    type: 'acknowledged',
    ...{ timeMs: nowMs, recordedAtMs: nowMs, clusterId: rowId, clusterName: name },
    ...{ by, words, health, ended, covers: { faults }, alerts },
  };
}
