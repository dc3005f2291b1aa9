import type { Overrides } from '../../../../domain/inventory/overrides';
import { alertRules, alertSeverities, type AlertRule } from '../../../../domain/model/alert-rule';

/**
 * A rule of alerts as it is typed for a cluster or an edge; empty: as it is in general. `enabled`: yes or no. Times are typed in seconds.
 */
export interface RuleDraft {
  rule: AlertRule;
  enabled: string;
  severity: string;
  forSeconds: string;
  clearSeconds: string;
  /** 0: never escalated. */
  escalateSeconds: string;
}

/** Rules about Heron itself: no cluster or edge can change them. */
const ownRules: ReadonlySet<AlertRule> = new Set(['blind', 'history', 'lag', 'clock']);
export const changeableRules = alertRules.filter((rule) => !ownRules.has(rule));

const msPerSecond = 1_000;

export function newRuleDraft(rule: AlertRule): RuleDraft {
  return { rule, enabled: '', severity: '', forSeconds: '', clearSeconds: '', escalateSeconds: '' };
}

export function draftOfRules(rules: Overrides['alerts']): RuleDraft[] {
  const seconds = (ms: number | undefined): string => (ms === undefined ? '' : String(ms / msPerSecond));
  return alertRules.flatMap((rule) => {
    const given = rules?.[rule];
    if (given === undefined) return [];
    const { enabled, severity, forMs, clearMs, escalateMs } = given;
    return {
      rule,
      enabled: enabled === undefined ? '' : enabled ? 'yes' : 'no',
      severity: severity ?? '',
      forSeconds: seconds(forMs),
      clearSeconds: seconds(clearMs),
      escalateSeconds: seconds(escalateMs),
    };
  });
}

/** The field of the overrides; undefined where no rule is different from the general one. */
export function rulesOfDraft(drafts: readonly RuleDraft[]): Overrides['alerts'] {
  const given = drafts.flatMap(({ rule, enabled, severity, ...times }) => {
    const changed = {
      ...(enabled === '' ? {} : { enabled: enabled === 'yes' }),
      ...severityOf(severity),
      ...msOf('forMs', times.forSeconds),
      ...msOf('clearMs', times.clearSeconds),
      ...msOf('escalateMs', times.escalateSeconds),
    };
    return Object.keys(changed).length === 0 ? [] : [[rule, changed] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function severityOf(typed: string): Pick<NonNullable<NonNullable<Overrides['alerts']>['cpu']>, 'severity'> {
  const severity = alertSeverities.find((one) => one === typed);
  return severity === undefined ? {} : { severity };
}

function msOf(key: 'forMs' | 'clearMs' | 'escalateMs', typed: string): Record<string, number> {
  const text = typed.trim().replace(',', '.');
  return text === '' ? {} : { [key]: Math.round(Number(text) * msPerSecond) };
}
