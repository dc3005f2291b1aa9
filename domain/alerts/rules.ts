import type { AlertRule, AlertSeverity } from '../model/alert-rule';
import { alertRules, alertSeverities } from '../model/alert-rule';
import { alertDefaults } from '../model/thresholds';

/** How a rule applies to one cluster or edge. Times in milliseconds. */
export interface RuleSettings {
  enabled: boolean;
  severity: AlertSeverity;
  /** How long the condition must last before it raises an alert, and how long it must be gone before the alert clears. */
  forMs: number;
  clearMs: number;
  /** How long an alert may stay unacknowledged before it is escalated; 0: it never is; null: the general time, which applies to critical alerts only. */
  escalateMs: number | null;
}

/** The settings of a rule where the inventory has none. */
export function defaultSettings(rule: AlertRule): RuleSettings {
  return { enabled: true, escalateMs: null, ...alertDefaults[rule] };
}

/** Rank of a rule among causes: 0 explains the most. */
export function ruleRank(rule: AlertRule): number {
  return alertRules.indexOf(rule);
}

/** Rank of a severity: 0 is worst. */
export function severityRank(severity: AlertSeverity): number {
  return alertSeverities.indexOf(severity);
}

/** The worst of these; `info` of none. */
export function worstSeverity(severities: readonly AlertSeverity[]): AlertSeverity {
  return alertSeverities.find((severity) => severities.includes(severity)) ?? 'info';
}

/** Causes of a row as a whole: everything else in the row is their symptom. */
const rowCauses = new Set<AlertRule>(['cluster-down', 'no-active-lb', 'split-brain', 'unknown']);
/** Symptoms of an edge that is down or cannot be seen. */
const ofEdge = new Set<AlertRule>([
  'lb-stopped',
  'ca-lost',
  'logging-lost',
  'cpu',
  'swap',
  'disk',
  'edge-degraded',
]);
/** What the loss of redundancy consists of. */
const ofRedundancy = new Set<AlertRule>(['edge-down', 'lb-stopped', 'unknown']);

/** A rule with its subject within a row. */
export interface Subject {
  rule: AlertRule;
  edgeId: string | null;
}

/** Whether, in one row, `cause` explains `symptom`. */
export function explains(cause: Subject, symptom: Subject): boolean {
  if (cause.rule === symptom.rule && cause.edgeId === symptom.edgeId) return false;
  if (cause.edgeId === null && rowCauses.has(cause.rule))
    return symptom.edgeId !== null || ruleRank(symptom.rule) > ruleRank(cause.rule);
  if (cause.edgeId === null && cause.rule === 'no-redundancy')
    return symptom.edgeId !== null && ofRedundancy.has(symptom.rule);
  if (cause.rule === 'flapping') return symptom.rule === 'failover' || symptom.rule === 'lb-stopped';
  if (cause.rule === 'edge-down' || cause.rule === 'unknown')
    return (symptom.edgeId === cause.edgeId && ofEdge.has(symptom.rule)) || symptom.rule === 'imbalance';
  return false;
}

/** What a recognised rolling update causes on its own. */
const ofRollingUpdate = new Set<AlertRule>([
  'failover',
  'edge-down',
  'unknown',
  'no-redundancy',
  'lb-stopped',
  'flapping',
  'imbalance',
  'edge-degraded',
  'ca-lost',
  'logging-lost',
]);

/** Whether a rolling update explains what a rule finds; that nothing of the cluster can be seen, it does not. */
export function isOfRollingUpdate({ rule, edgeId }: Subject): boolean {
  return ofRollingUpdate.has(rule) && (rule !== 'unknown' || edgeId !== null);
}
