import type { Alert, HeldBy } from '../model/alert';
import { escalateMsOf, escalationFrom } from './escalation';
import type { RowAlerts, Tracked } from './row-alerts';

/** The alert of a condition that is listed from now on, with the evidence that its row has. It has no group yet. */
export function madeAlert(
  id: string,
  tracked: Tracked,
  row: RowAlerts,
  held: HeldBy | null,
  { nowMs, generalEscalateMs }: { nowMs: number; generalEscalateMs: number },
): Alert {
  const { condition, settings, presentMs } = tracked;
  const { rule, rowId, name, site, edgeId, edgeName, words, detail } = condition;
  const evidence = row.evidence.of(condition, row.view, nowMs);
  const sinceMs = Math.round(evidence.bracket?.firstNewMs ?? condition.sinceMs ?? presentMs);
  return {
    ...{ id, rule, severity: settings.severity, state: 'open', rowId, name, site: row.view?.site ?? site },
    ...{ edgeId, edgeName, words, detail, sinceMs: Math.min(sinceMs, nowMs) },
    ...{ openedMs: nowMs, changedMs: nowMs, clearedMs: null, evidence },
    ...{ suppressed: 0, symptoms: [], held, groupId: '', incident: null },
    ...{ acknowledged: null, assignee: null },
    escalation: held ? null : escalationFrom(nowMs, escalateMsOf(settings, generalEscalateMs)),
  };
}
