import type { Alert } from '../model/alert';
import type { AlertRule } from '../model/alert-rule';
import type { RowAlerts } from './row-alerts';

/** Rules whose evidence may improve after the alert was raised. */
const evidentRules: ReadonlySet<AlertRule> = new Set(['failover', 'no-active-lb', 'split-brain']);

/** The listed alerts of a row for which there is better evidence now, which they have from here on. */
export function withBetterEvidence(row: RowAlerts, nowMs: number): Alert[] {
  const improved: Alert[] = [];
  for (const { alert, condition, isNotified } of row.tracked.values()) {
    if (!alert || !isNotified || !evidentRules.has(condition.rule)) continue;
    const evidence = row.evidence.of(condition, row.view, alert.openedMs);
    if (evidence.bracket === null || textOf(evidence) === textOf(alert.evidence)) continue;
    Object.assign(alert, { evidence, changedMs: nowMs });
    improved.push(alert);
  }
  return improved;
}

function textOf({ bracket, cause, usersGapMs }: Alert['evidence']): string {
  return JSON.stringify([bracket, cause, usersGapMs]);
}
