import { z } from 'zod';
import {
  acknowledgedUntilSchema,
  alertMatcherSchema,
  alertRuleSchema,
  alertSeveritySchema,
} from './alert-rule';
import { bracketSchema, causeSchema, gapSpanSchema } from './event';
import { roleWitnessSchema } from './role';

const timeMs = z.number().int();

export const alertAcknowledgementSchema = z.object({
  by: z.string(),
  words: z.string(),
  atMs: timeMs,
  until: acknowledgedUntilSchema,
  /** It holds although new facts appear; otherwise those make the alert unacknowledged. */
  sticky: z.boolean(),
});
export type AlertAcknowledgement = z.infer<typeof alertAcknowledgementSchema>;

/** Why an alert is listed without a notification: a silence, a maintenance window, or a rolling update. `untilMs`: null when not known. */
export const heldBySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('silence'), silenceId: z.string(), untilMs: timeMs.nullable() }),
  z.object({ by: z.literal('maintenance'), untilMs: timeMs.nullable() }),
  z.object({ by: z.literal('rolling-update'), untilMs: timeMs.nullable() }),
]);
export type HeldBy = z.infer<typeof heldBySchema>;

/** A symptom that is suppressed because its cause has an alert. */
export const symptomSchema = z.object({
  rule: alertRuleSchema,
  /** The row of the clusters table that it is about; null: Heron itself. */
  rowId: z.string().nullable(),
  name: z.string(),
  edgeId: z.string().nullable(),
  edgeName: z.string().nullable(),
  words: z.string(),
  sinceMs: timeMs,
});
export type Symptom = z.infer<typeof symptomSchema>;

export const alertEvidenceSchema = z.object({
  /** The condition began between these times; null: it has no exact beginning. */
  bracket: bracketSchema.nullable(),
  /** Time without an active LB, and time in which users were not served; null: not known, or not of this rule. */
  gapMs: gapSpanSchema.nullable(),
  usersGapMs: gapSpanSchema.nullable(),
  cause: causeSchema.nullable(),
  witnesses: z.array(roleWitnessSchema),
  /** How many kinds of witnesses report it, of how many that were read; null: it is not about a role. */
  sources: z.object({ agree: z.number().int(), of: z.number().int() }).nullable(),
  /** Bounds of the time from the beginning of the condition to the alert, milliseconds. */
  detectionMs: gapSpanSchema.nullable(),
  /** Further facts, each a sentence. */
  facts: z.array(z.string()),
});
export type AlertEvidence = z.infer<typeof alertEvidenceSchema>;

/** One alert: one cause, with its evidence and its suppressed symptoms. Times are UTC milliseconds. */
export const alertSchema = z.object({
  /** Rule, subject and opening time: it stays the same over restarts. */
  id: z.string(),
  rule: alertRuleSchema,
  severity: alertSeveritySchema,
  /** `over`: it cut users off, has ended, and stays until it is acknowledged. */
  state: z.enum(['open', 'over']),
  /** The row of the clusters table that it is about; null: Heron itself. */
  rowId: z.string().nullable(),
  /** The name of the row; `Heron` for Heron itself. */
  name: z.string(),
  site: z.string().nullable(),
  edgeId: z.string().nullable(),
  edgeName: z.string().nullable(),
  /** Consequence first, then the mechanism; complete sentences. */
  words: z.string(),
  detail: z.string(),
  /** When the condition began, at the latest. */
  sinceMs: timeMs,
  openedMs: timeMs,
  /** When severity, words, evidence or symptoms changed last. */
  changedMs: timeMs,
  /** When it ended; null: it is open. */
  clearedMs: timeMs.nullable(),
  evidence: alertEvidenceSchema,
  /** Number of symptoms that are suppressed under it, and the first of them. */
  suppressed: z.number().int(),
  symptoms: z.array(symptomSchema),
  /** Why no notification was sent; null: one was. */
  held: heldBySchema.nullable(),
  /** Alerts of the same group share one notification, which is updated. */
  groupId: z.string(),
  /** The incident that it belongs to: the row number of its first event, null until that is written. */
  incident: z.object({ id: z.number().int().nullable(), sinceMs: timeMs }).nullable(),
  /** Null: unacknowledged. */
  acknowledged: alertAcknowledgementSchema.nullable(),
  assignee: z.string().nullable(),
  /** When it was or will be escalated because nobody acknowledged it; null: it will not be. */
  escalation: z
    .object({ afterMs: z.number().int(), dueMs: timeMs, escalatedMs: timeMs.nullable() })
    .nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** The most symptoms that an alert names. */
export const maxSymptoms = 200;

export const silenceSchema = z.object({
  id: z.string(),
  matcher: alertMatcherSchema,
  author: z.string(),
  reason: z.string(),
  fromMs: timeMs,
  endsMs: timeMs,
  /** Number of alerts that it holds back now. */
  held: z.number().int(),
});
export type Silence = z.infer<typeof silenceSchema>;

/** All alerts at one time, worst first and unacknowledged before acknowledged, with the silences in force. */
export const alertListSchema = z.object({
  atMs: timeMs,
  alerts: z.array(alertSchema),
  silences: z.array(silenceSchema),
});
export type AlertList = z.infer<typeof alertListSchema>;

/**
 * What channels deliver: one notification of a group of alerts. `opened` is the first of its group; a later one replaces it where a
 * channel can. `escalated`: nobody acknowledged it in time.
 */
export const alertNoticeSchema = z.object({
  /** Unique; the group's id and a number that rises. */
  id: z.string(),
  groupId: z.string(),
  kind: z.enum(['opened', 'updated', 'cleared', 'escalated']),
  /** Whether people have to be alerted again: it is new, worse than before, escalated, or its acknowledgement has ended. */
  isLoud: z.boolean(),
  atMs: timeMs,
  /** The worst severity of what is open; of what was open where all is cleared. */
  severity: alertSeveritySchema,
  /** A line such as "No active LB: gru-01 (São Paulo)", and sentences with the consequence first. */
  title: z.string(),
  text: z.string(),
  /** A `heron://` link to the view at that time. */
  link: z.string(),
  /** The alerts of the group, worst first; at most 50 of `alertCount`. */
  alerts: z.array(alertSchema),
  alertCount: z.number().int(),
  clusterCount: z.number().int(),
  suppressed: z.number().int(),
});
export type AlertNotice = z.infer<typeof alertNoticeSchema>;

export const maxNoticeAlerts = 50;
