import { z } from 'zod';

const timeMs = z.number().int();

/** The rules, the most important cause first. `blind`, `history`, `clock` and `lag` are about Heron itself. */
export const alertRules = [
  'blind',
  'cluster-down',
  'no-active-lb',
  'split-brain',
  'unknown',
  'history',
  'no-redundancy',
  'flapping',
  'edge-down',
  'lb-stopped',
  'failover',
  'ca-lost',
  'logging-lost',
  'imbalance',
  'cpu',
  'swap',
  'disk',
  'edge-degraded',
  'lag',
  'clock',
  'configuration',
] as const;
export const alertRuleSchema = z.enum(alertRules);
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** `critical`: users are or may be cut off; `warning`: a person has to act; `info`: worth knowing. Worst first. */
export const alertSeverities = ['critical', 'warning', 'info'] as const;
export const alertSeveritySchema = z.enum(alertSeverities);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

/** Until when an acknowledgement holds: a time, the recovery, or any change of the alert. It always ends with the recovery. */
export const acknowledgedUntilSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), atMs: timeMs }),
  z.object({ kind: z.literal('recovers') }),
  z.object({ kind: z.literal('changes') }),
]);
export type AcknowledgedUntil = z.infer<typeof acknowledgedUntilSchema>;

/**
 * What a silence matches: each pattern that is given has to match, regardless of case; `*` stands for any text, `?` for one character.
 * `cluster` matches the row's name (also of a standalone edge), `edge` the edge's name.
 */
export const alertMatcherSchema = z.object({
  cluster: z.string().trim().min(1).max(200).optional(),
  site: z.string().trim().min(1).max(200).optional(),
  edge: z.string().trim().min(1).max(200).optional(),
  rule: z.string().trim().min(1).max(200).optional(),
});
export type AlertMatcher = z.infer<typeof alertMatcherSchema>;

/** Whether what the rule is about may have cut users off. `rowId`: of its row; a standalone edge that is down has no other to serve. */
export function cutsUsersOff(rule: AlertRule | null, rowId: string): boolean {
  if (rule === 'edge-down') return rowId.startsWith('edge:');
  return rule === 'cluster-down' || rule === 'no-active-lb' || rule === 'failover';
}

/** An alert's id: its rule, its opening time in UTC milliseconds, and a number that distinguishes those of the same millisecond. */
export function alertIdOf(rule: AlertRule, openedMs: number, number: number): string {
  return `${rule}-${openedMs}-${number}`;
}

/** The rule of an alert, by its id; null: it is no such id. */
export function ruleOfAlert(id: string): AlertRule | null {
  const name = /^([a-z-]+)-\d+-\d+$/.exec(id)?.[1];
  return alertRules.find((rule) => rule === name) ?? null;
}
