import { z } from 'zod';
import { alertRuleSchema, alertSeveritySchema, type AlertRule } from '../model/alert-rule';
import { alertOverridable, overridable, thresholds } from '../model/thresholds';

export type OverridableKey = keyof typeof overridable;
export const overridableKeys = Object.keys(overridable) as OverridableKey[];

const percent = (key: 'cpuPercent' | 'swapPercent', what: string) =>
  z
    .number()
    .min(overridable[key].min)
    .max(overridable[key].max)
    .optional()
    .describe(`${what} above this, in percent, is a problem (${thresholds[key]}).`);
const evenShare = (key: 'imbalanceBelowPercent' | 'imbalanceAbovePercent', bound: string) =>
  z
    .number()
    .min(overridable[key].min)
    .max(overridable[key].max)
    .optional()
    .describe(
      `${bound} this part of an edge's even traffic share, in percent, is an imbalance (${thresholds[key]}).`,
    );
const interval = (key: 'healthIntervalMs' | 'roleIntervalMs', what: string) =>
  z
    .int()
    .min(overridable[key].min)
    .max(overridable[key].max)
    .optional()
    .describe(`Milliseconds between ${what}.`);

const duration = (key: keyof typeof alertOverridable, what: string) =>
  z
    .int()
    .min(alertOverridable[key].min)
    .max(alertOverridable[key].max)
    .optional()
    .describe(`Milliseconds ${what}.`);

/** One rule of alerts, as a cluster or an edge changes it. */
const alertOverrideSchema = z.strictObject({
  enabled: z.boolean().optional().describe('False: this rule never alerts here.'),
  severity: alertSeveritySchema.optional(),
  forMs: duration('forMs', 'that a condition must last before it raises an alert'),
  clearMs: duration('clearMs', 'that it is gone before it is over'),
  escalateMs: duration('escalateMs', 'after which an unacknowledged alert is escalated; 0: never'),
});

/** Thresholds and intervals of a cluster or an edge in place of the general ones. */
export const overridesSchema = z
  .strictObject({
    cpuPercent: percent('cpuPercent', 'CPU load'),
    swapPercent: percent('swapPercent', 'Swap use'),
    imbalanceBelowPercent: evenShare('imbalanceBelowPercent', 'At most'),
    imbalanceAbovePercent: evenShare('imbalanceAbovePercent', 'At least'),
    healthIntervalMs: interval('healthIntervalMs', 'full polls of an edge'),
    roleIntervalMs: interval('roleIntervalMs', 'polls of a load balancer’s role'),
    alerts: z
      .partialRecord(alertRuleSchema, alertOverrideSchema)
      .optional()
      .describe('Rules of alerts, by name, in place of the general ones.'),
  })
  .optional()
  .describe('Thresholds and intervals in place of the general ones. An edge’s precede its cluster’s.');

export type Overrides = NonNullable<z.infer<typeof overridesSchema>>;

/** What may have overrides. */
interface Overridden {
  overrides?: Overrides | undefined;
}

/** The overrides that apply to an edge: its own, then its cluster's. */
export function overridesOf(edge: Overridden, cluster: Overridden | null): Overrides {
  return { ...cluster?.overrides, ...edge.overrides };
}

/** What a rule of alerts is changed to for a cluster, or for an edge: its own, then its cluster's. */
export function alertOverrideOf(
  rule: AlertRule,
  cluster: Overridden | null,
  edge: Overridden | null,
): NonNullable<NonNullable<Overrides['alerts']>[AlertRule]> {
  return { ...cluster?.overrides?.alerts?.[rule], ...edge?.overrides?.alerts?.[rule] };
}

/** An edge's loads above these are problems, percent. */
export interface LoadLimits {
  cpuPercent: number;
  swapPercent: number;
}

export const generalLimits: LoadLimits = {
  cpuPercent: thresholds.cpuPercent,
  swapPercent: thresholds.swapPercent,
};

/** The limits that apply to an edge. */
export function limitsOf(edge: Overridden, cluster: Overridden | null): LoadLimits {
  if (!edge.overrides && !cluster?.overrides) return generalLimits;
  const { cpuPercent, swapPercent } = overridesOf(edge, cluster);
  return {
    cpuPercent: cpuPercent ?? generalLimits.cpuPercent,
    swapPercent: swapPercent ?? generalLimits.swapPercent,
  };
}

/** A traffic share outside these is an imbalance, percent of the even share. */
export interface ShareLimits {
  imbalanceBelowPercent: number;
  imbalanceAbovePercent: number;
}

export const generalShareLimits: ShareLimits = {
  imbalanceBelowPercent: thresholds.imbalanceBelowPercent,
  imbalanceAbovePercent: thresholds.imbalanceAbovePercent,
};

/** The limits that apply to an edge's share. */
export function shareLimitsOf(edge: Overridden, cluster: Overridden | null): ShareLimits {
  if (!edge.overrides && !cluster?.overrides) return generalShareLimits;
  const { imbalanceBelowPercent, imbalanceAbovePercent } = overridesOf(edge, cluster);
  return {
    imbalanceBelowPercent: imbalanceBelowPercent ?? generalShareLimits.imbalanceBelowPercent,
    imbalanceAbovePercent: imbalanceAbovePercent ?? generalShareLimits.imbalanceAbovePercent,
  };
}
