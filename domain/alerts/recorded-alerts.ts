import { acknowledgementAfter, type Acknowledgement, type AcknowledgedEvent } from '../model/acknowledgement';
import type { Alert, AlertAcknowledgement, AlertList, Silence } from '../model/alert';
import { cutsUsersOff, ruleOfAlert } from '../model/alert-rule';
import type { HeronEvent, HeronEventType } from '../model/event';
import { alertOfEvent, rowOfAlertEvent } from './alert-events';
import { adjustedEscalation, escalateMsOfEvent, restartedEscalation } from './escalation';
import { sortedAlerts } from './sort-alerts';

/** The types of events that the list of alerts, and the silences, are rebuilt from. */
export const alertEventTypes = [
  'alert',
  'alert-changed',
  'alert-cleared',
  'acknowledged',
] as const satisfies readonly HeronEventType[];
export const silenceEventTypes = ['silence', 'silence-ended'] as const satisfies readonly HeronEventType[];

/** The id under which acknowledgements of alerts of Heron itself are recorded. */
export const ownRowId = 'heron';

/** The alerts and silences that events have recorded, one event at a time in their order. */
export class RecordedAlerts {
  readonly alerts = new Map<string, Alert>();
  readonly silences = new Map<string, Silence>();
  /** Of each row, what is acknowledged. */
  readonly acknowledged = new Map<string, Acknowledgement>();

  constructor(private readonly siteOf: (rowId: string) => string | null = () => null) {}

  add(event: HeronEvent): void {
    switch (event.type) {
      case 'alert': {
        const rowId = rowOfAlertEvent(event);
        this.alerts.set(event.alertId, alertOfEvent(event, rowId === null ? null : this.siteOf(rowId)));
        break;
      }
      case 'alert-changed':
        this.#change(event);
        break;
      case 'alert-cleared':
        this.#clear(event);
        break;
      case 'acknowledged':
        this.#acknowledge(event);
        break;
      case 'silence': {
        const { silenceId: id, matcher, author, text: reason, recordedAtMs: fromMs, endsMs } = event;
        this.silences.set(id, { id, matcher, author, reason, fromMs, endsMs, held: 0 });
        break;
      }
      case 'silence-ended':
        this.silences.delete(event.silenceId);
        break;
      default:
        break;
    }
  }

  list(atMs: number): AlertList {
    const silences = [...this.silences.values()].filter(({ endsMs }) => endsMs > atMs);
    return { atMs, alerts: sortedAlerts([...this.alerts.values()]), silences };
  }

  #change(event: Extract<HeronEvent, { type: 'alert-changed' }>): void {
    const alert = this.alerts.get(event.alertId);
    if (!alert) return;
    const { severity, words, detail, suppressed, recordedAtMs, bracket, gapMs, usersGapMs, cause } = event;
    const { evidence } = alert;
    const isEscalated = event.phase === 'escalated';
    const escalation = adjustedEscalation(alert.escalation, escalateMsOfEvent(event), recordedAtMs);
    this.alerts.set(alert.id, {
      ...alert,
      ...{ severity, words, detail, suppressed, changedMs: recordedAtMs },
      evidence: {
        ...evidence,
        bracket: bracket ?? evidence.bracket,
        gapMs: gapMs ?? evidence.gapMs,
        usersGapMs: usersGapMs ?? evidence.usersGapMs,
        cause: cause ?? evidence.cause,
      },
      escalation: isEscalated && escalation ? { ...escalation, escalatedMs: recordedAtMs } : escalation,
    });
  }

  #clear(event: Extract<HeronEvent, { type: 'alert-cleared' }>): void {
    const alert = this.alerts.get(event.alertId);
    if (!alert) return;
    if (!event.isOver) {
      this.alerts.delete(alert.id);
      return;
    }
    const symptoms = event.symptoms.map(({ clusterId, clusterName, edgeId, edgeName, ...symptom }) => ({
      ...symptom,
      rowId: rowOfAlertEvent({ clusterId, edgeId }),
      name: clusterName ?? edgeName ?? 'Heron',
      ...{ edgeId, edgeName },
    }));
    const { recordedAtMs, suppressed } = event;
    const ended = { state: 'over' as const, clearedMs: recordedAtMs, changedMs: recordedAtMs };
    this.alerts.set(alert.id, { ...alert, ...ended, suppressed, symptoms, escalation: null });
  }

  #acknowledge(event: AcknowledgedEvent): void {
    const after = acknowledgementAfter(this.acknowledged.get(event.clusterId) ?? null, event);
    if (after) this.acknowledged.set(event.clusterId, after);
    else this.acknowledged.delete(event.clusterId);
    for (const alert of this.alerts.values()) {
      const acknowledged = acknowledgedBy(event, alert);
      if (acknowledged === undefined) continue;
      if (acknowledged && alert.state === 'over') this.alerts.delete(alert.id);
      else
        this.alerts.set(alert.id, {
          ...alert,
          acknowledged,
          assignee: acknowledged ? (event.alerts?.assignee ?? alert.assignee) : alert.assignee,
          escalation: acknowledged
            ? alert.escalation
            : restartedEscalation(alert.escalation, event.recordedAtMs),
        });
    }
  }
}

/** The acknowledgement that an alert has after an event; null: none any more; undefined: the event is not about it. */
export function acknowledgedBy(
  event: AcknowledgedEvent,
  alert: Pick<Alert, 'id' | 'rowId' | 'state' | 'rule'>,
): AlertAcknowledgement | null | undefined {
  const { alerts, clusterId, ended, by, words, recordedAtMs } = event;
  if (event.covers?.isRemainder || clusterId !== (alert.rowId ?? ownRowId)) return undefined;
  const isNamed = alerts?.alertIds.includes(alert.id) ?? true;
  // An outage is acknowledged once, whichever of its alerts is named.
  const isSameOutage =
    alert.state === 'over' &&
    (alerts?.alertIds.some((id) => cutsUsersOff(ruleOfAlert(id), clusterId)) ?? true);
  if (!isNamed && !(isSameOutage && ended === null)) return undefined;
  if (ended === 'well') return undefined;
  if (ended !== null) return null;
  return {
    by,
    words,
    atMs: recordedAtMs,
    until: alerts?.until ?? { kind: 'recovers' },
    sticky: alerts?.sticky ?? false,
  };
}
