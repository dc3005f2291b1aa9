import type { Alert } from '../model/alert';
import { alertTimes } from '../model/thresholds';
import type { RuleSettings } from './rules';

type Escalation = NonNullable<Alert['escalation']>;

/** How long an alert may stay unacknowledged before it is escalated, milliseconds; 0: it never is. By default only critical alerts are escalated. */
export function escalateMsOf(
  { severity, escalateMs }: Pick<RuleSettings, 'severity' | 'escalateMs'>,
  generalMs: number,
): number {
  return escalateMs ?? (severity === 'critical' ? generalMs : 0);
}

/** When an alert is escalated that is unacknowledged from `fromMs` on; null: never. */
export function escalationFrom(fromMs: number, afterMs: number): Escalation | null {
  return afterMs === 0 ? null : { afterMs, dueMs: fromMs + afterMs, escalatedMs: null };
}

/** The escalation of an alert whose severity or settings may have changed now. What was escalated stays so. */
export function adjustedEscalation(
  escalation: Escalation | null,
  afterMs: number,
  nowMs: number,
): Escalation | null {
  if (escalation === null) return escalationFrom(nowMs, afterMs);
  if (escalation.escalatedMs !== null || escalation.afterMs === afterMs) return escalation;
  return escalationFrom(escalation.dueMs - escalation.afterMs, afterMs);
}

/** The escalation of an alert whose acknowledgement has ended: the time begins again. */
export function restartedEscalation(escalation: Escalation | null, nowMs: number): Escalation | null {
  return escalation && escalationFrom(nowMs, escalation.afterMs);
}

/** What an event of an alert records of it. */
export function recordedEscalation({ escalation }: Pick<Alert, 'escalation'>): { escalateMs: number } {
  return { escalateMs: escalation?.afterMs ?? 0 };
}

/** The duration that an event recorded; those of earlier versions had only the general one, for critical alerts. */
export function escalateMsOfEvent({
  severity,
  escalateMs,
}: Pick<Alert, 'severity'> & { escalateMs?: number | undefined }): number {
  return escalateMsOf({ severity, escalateMs: escalateMs ?? null }, alertTimes.escalateMs);
}
