import type { Alert } from '../model/alert';
import { standaloneRowId } from '../inventory/inventory';
import type { AlertEvent, HeronEvent } from '../model/event';
import { escalateMsOfEvent, escalationFrom, recordedEscalation } from './escalation';
import type { AlertEnd } from './row-alerts';

type EventOf<T extends HeronEvent['type']> = Extract<HeronEvent, { type: T }>;

/** The clusters' ids that events of a standalone edge and of Heron itself have: none. */
function subjectOf({ rowId, name, edgeId, edgeName }: Alert) {
  const isCluster = rowId !== null && !rowId.startsWith('edge:');
  return {
    clusterId: isCluster ? rowId : null,
    clusterName: isCluster ? name : null,
    edgeId,
    edgeName,
  };
}

function commonOf(alert: Alert, nowMs: number) {
  const { id, rule, severity, groupId, suppressed, words, detail } = alert;
  return {
    recordedAtMs: nowMs,
    ...subjectOf(alert),
    alertId: id,
    rule,
    severity,
    groupId,
    suppressed,
    words,
    detail,
  };
}

function evidenceOf({ evidence: { bracket, gapMs, usersGapMs, cause, witnesses, detectionMs } }: Alert) {
  return {
    bracket,
    ...(gapMs ? { gapMs } : {}),
    ...(usersGapMs ? { usersGapMs } : {}),
    ...(cause ? { cause } : {}),
    witnesses,
    detectionMs,
  };
}

/** The event that records that an alert was raised. */
export function openedEvent(alert: Alert, nowMs: number): EventOf<'alert'> {
  return {
    type: 'alert',
    timeMs: alert.sinceMs,
    ...commonOf(alert, nowMs),
    ...evidenceOf(alert),
    ...recordedEscalation(alert),
  };
}

export function changedEvent(
  alert: Alert,
  phase: EventOf<'alert-changed'>['phase'],
  nowMs: number,
): EventOf<'alert-changed'> {
  const { openedMs } = alert;
  return {
    type: 'alert-changed',
    timeMs: nowMs,
    ...commonOf(alert, nowMs),
    ...evidenceOf(alert),
    ...recordedEscalation(alert),
    openedMs,
    phase,
  };
}

export function clearedEvent(
  alert: Alert,
  ended: AlertEnd,
  isOver: boolean,
  nowMs: number,
): EventOf<'alert-cleared'> {
  const symptoms = alert.symptoms.map(({ rule, rowId, name, edgeId, edgeName, words, sinceMs }) => {
    const isCluster = rowId !== null && !rowId.startsWith('edge:');
    return {
      rule,
      clusterId: isCluster ? rowId : null,
      clusterName: isCluster ? name : null,
      edgeId,
      edgeName,
      words,
      sinceMs,
    };
  });
  const { openedMs } = alert;
  return {
    type: 'alert-cleared',
    timeMs: nowMs,
    ...commonOf(alert, nowMs),
    openedMs,
    ended,
    isOver,
    symptoms,
  };
}

/** The row of an alert's event; null: Heron itself. */
export function rowOfAlertEvent({
  clusterId,
  edgeId,
}: Pick<AlertEvent, 'clusterId' | 'edgeId'>): string | null {
  return clusterId ?? (edgeId === null ? null : standaloneRowId({ id: edgeId }));
}

/** The alert that an event opened. The site is that of the row, which the event does not record. */
export function alertOfEvent(event: EventOf<'alert'>, site: string | null): Alert {
  const { bracket, gapMs, usersGapMs, cause, witnesses, detectionMs, severity } = event;
  return {
    id: event.alertId,
    rule: event.rule,
    severity,
    state: 'open',
    rowId: rowOfAlertEvent(event),
    name: event.clusterName ?? event.edgeName ?? 'Heron',
    site,
    edgeId: event.edgeId,
    edgeName: event.edgeName,
    words: event.words,
    detail: event.detail,
    sinceMs: event.timeMs,
    openedMs: event.recordedAtMs,
    changedMs: event.recordedAtMs,
    clearedMs: null,
    evidence: {
      bracket,
      gapMs: gapMs ?? null,
      usersGapMs: usersGapMs ?? null,
      cause: cause ?? null,
      witnesses,
      sources: null,
      detectionMs,
      facts: [],
    },
    suppressed: event.suppressed,
    symptoms: [],
    held: null,
    groupId: event.groupId,
    incident: null,
    acknowledged: null,
    assignee: null,
    escalation: escalationFrom(event.recordedAtMs, escalateMsOfEvent(event)),
  };
}
