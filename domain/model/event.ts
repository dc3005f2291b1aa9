import { z } from 'zod';
import {
  acknowledgedUntilSchema,
  alertMatcherSchema,
  alertRuleSchema,
  alertSeveritySchema,
} from './alert-rule';
import { healthSchema, reasonSchema } from './health';
import { maintenanceInForceSchema, maintenanceWindowSchema, observedSchema } from './maintenance';
import { noteFields } from './note';
import { lbRoleSchema, roleWitnessSchema } from './role';

const timeMs = z.number().int();

/** A change happened between these two UTC times: the last reading of the old state and the first of the new one. */
export const bracketSchema = z.object({ lastOldMs: timeMs, firstNewMs: timeMs });
export type Bracket = z.infer<typeof bracketSchema>;

/** How well a state is dated by polls. Absent in histories of earlier versions. */
const datedState = {
  /** Where it is down, or was. `lastOldMs`: when the last reading began that showed the old state. */
  stateBracket: bracketSchema.optional(),
  /** The longest interval between full polls of the edges concerned. */
  healthIntervalMs: z.number().optional(),
};

/** Bounds of the time without an active LB, in milliseconds. */
export const gapSpanSchema = z.object({ atLeast: z.number().min(0), atMost: z.number().min(0) });

export const causeSchema = z.object({
  kind: z.enum([
    'lb-stopped',
    'demoted',
    'edge-died',
    'edge-unreachable',
    'cut-off',
    'edge-rebooted',
    'link-cut',
    'administrator-disabled',
    'preemption',
    'unknown',
  ]),
  /** The observations that support it; for `unknown` those that do not decide it, if any. */
  evidence: z.array(z.string()),
});
export type Cause = z.infer<typeof causeSchema>;

/** A time in which an edge was not in service. */
export const absenceSchema = z.object({
  edgeId: z.string(),
  edgeName: z.string(),
  fromMs: timeMs,
  toMs: timeMs,
});
export type Absence = z.infer<typeof absenceSchema>;

const common = {
  /** When it happened (for a bracketed event: the end of its bracket), UTC milliseconds. */
  timeMs,
  /** When Heron recorded it, UTC milliseconds. */
  recordedAtMs: timeMs,
};
const ofCluster = { ...common, clusterId: z.string(), clusterName: z.string() };
const ofEdge = {
  ...common,
  clusterId: z.string().nullable(),
  clusterName: z.string().nullable(),
  edgeId: z.string(),
  edgeName: z.string(),
};

const moved = {
  ...ofCluster,
  fromEdgeId: z.string(),
  fromEdgeName: z.string(),
  toEdgeId: z.string(),
  toEdgeName: z.string(),
  bracket: bracketSchema,
  gapMs: gapSpanSchema,
  /** How long users were not served through the cluster IP, by Heron's probes; missing: not known, or not over yet. */
  usersGapMs: gapSpanSchema.optional(),
  /** The old LB's role when the new one was first seen: `unknown` when its edge was unreachable. */
  oldRoleAfter: lbRoleSchema,
  cause: causeSchema,
  /**
   * The uptimes of the old LB's machine and agent as last read before its silence, with their wraps, and when: they tell later whether it
   * was cut off. Missing where its service was not silent.
   */
  uptimesBefore: z
    .object({ atMs: timeMs, machineMs: z.number().nullable(), agentMs: z.number().nullable() })
    .optional(),
  witnesses: z.array(roleWitnessSchema),
  pollIntervalMs: z.number(),
};

/** A fault: of an edge, or of the whole row (`edgeId` is null), and its kind, which is a reason's code or an edge's state. */
export const faultKeySchema = z.object({ edgeId: z.string().nullable(), code: z.string() });
export type FaultKey = z.infer<typeof faultKeySchema>;

/** An alert of a cluster, an edge, or of Heron itself where all ids are null. */
const ofAlert = {
  ...common,
  clusterId: z.string().nullable(),
  clusterName: z.string().nullable(),
  edgeId: z.string().nullable(),
  edgeName: z.string().nullable(),
  /** Rule, opening time and a number: the same in all events of one alert. */
  alertId: z.string(),
  rule: alertRuleSchema,
  severity: alertSeveritySchema,
  /** Alerts that are told together. */
  groupId: z.string(),
  /** Number of symptoms that it suppresses. */
  suppressed: z.number().int(),
  /** What it means for users, as one sentence. */
  words: z.string(),
  detail: z.string(),
};
const alertEvidence = {
  bracket: bracketSchema.nullable(),
  gapMs: gapSpanSchema.optional(),
  usersGapMs: gapSpanSchema.optional(),
  cause: causeSchema.optional(),
  witnesses: z.array(roleWitnessSchema),
  /** Bounds of the time from the beginning of the condition to the alert. */
  detectionMs: gapSpanSchema.nullable(),
  /** How long it may stay unacknowledged before it is escalated; 0: it never is. Absent in histories of earlier versions. */
  escalateMs: z.number().int().min(0).optional(),
};

/** Why a time was not monitored, or its readings are missing from the history. */
export const gapReasonSchema = z.enum([
  'not-running',
  /** Heron had ended because of an error in itself, and was started again. */
  'restarted',
  'suspended',
  'own-network',
  'event-loop-late',
  'clock-stepped',
  'history-not-written',
  'history-damaged',
]);

/** Something that happened. Append-only in the history; `heron watch` prints one per line. */
export const heronEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    ...common,
    version: z.string(),
    clusters: z.number(),
    edges: z.number(),
  }),
  z.object({
    type: z.literal('edge-state'),
    ...ofEdge,
    from: healthSchema,
    to: healthSchema,
    reasons: z.array(reasonSchema),
    ...datedState,
  }),
  z.object({
    type: z.literal('lb-role'),
    ...ofEdge,
    from: lbRoleSchema,
    to: lbRoleSchema,
    bracket: bracketSchema.nullable(),
    reasons: z.array(reasonSchema),
    witnesses: z.array(roleWitnessSchema),
  }),
  z.object({ type: z.literal('failover'), ...moved }),
  z.object({ type: z.literal('failback'), ...moved }),
  z.object({
    type: z.literal('cause-corrected'),
    /** When the better evidence was read. */
    ...ofCluster,
    /** The failover that it explains, by its own time and its edges. */
    failoverMs: timeMs,
    fromEdgeId: z.string(),
    fromEdgeName: z.string(),
    toEdgeId: z.string(),
    toEdgeName: z.string(),
    previousCause: causeSchema.shape.kind,
    cause: causeSchema,
  }),
  z.object({
    type: z.literal('no-active-lb'),
    ...ofCluster,
    bracket: bracketSchema,
    usersGapMs: gapSpanSchema.optional(),
    lastActiveEdgeName: z.string().nullable(),
    reasons: z.array(reasonSchema),
  }),
  z.object({
    type: z.literal('users-gap'),
    ...ofCluster,
    /** The address and port that Heron probes as users reach the cluster. */
    target: z.string(),
    /** The last probe that was answered before users were not served, and the first that was not; else the change it is about. */
    bracket: bracketSchema,
    /** The last probe that was not answered, and the first that was again; null: every one was answered. */
    restored: bracketSchema.nullable(),
    /** How long users were not served. */
    usersGapMs: gapSpanSchema,
    failedProbes: z.number().int(),
  }),
  z.object({
    type: z.literal('split-brain'),
    ...ofCluster,
    edgeNames: z.array(z.string()),
    bracket: bracketSchema,
    overlappingReadings: z.number().int(),
  }),
  z.object({
    type: z.literal('flapping'),
    ...ofCluster,
    changes: z.number().int(),
    windowMs: z.number(),
    /** Absent in histories of earlier versions, which only reported its beginning. */
    phase: z.enum(['began', 'continues', 'ended']).optional(),
    /** Its first change, UTC milliseconds. */
    sinceMs: timeMs.optional(),
    /** The edges whose LBs changed. */
    edgeNames: z.array(z.string()).optional(),
    /** Bounds of the summed time without an active LB since then, milliseconds. */
    withoutActiveMs: gapSpanSchema.optional(),
  }),
  z.object({
    type: z.literal('cluster-state'),
    ...ofCluster,
    from: healthSchema,
    to: healthSchema,
    reasons: z.array(reasonSchema),
    ...datedState,
    /** The longest interval between role polls of its edges. */
    roleIntervalMs: z.number().optional(),
  }),
  z.object({
    type: z.literal('acknowledged'),
    /** For a standalone edge `edge:` and its id. */
    ...ofCluster,
    by: z.string(),
    words: z.string(),
    /** The state that was acknowledged; at the end of an acknowledgement, the state that ended it. */
    health: healthSchema,
    /** Null: acknowledged from now on. Otherwise why the acknowledgement ended. */
    ended: z.enum(['withdrawn', 'well', 'worse', 'expired', 'changed']).nullable(),
    /**
     * The faults that it covers; absent in histories of earlier versions and when an acknowledgement ends. `isRemainder`: recorded because
     * some of the covered faults are over, not because a person acknowledged.
     */
    covers: z.object({ faults: z.array(faultKeySchema), isRemainder: z.literal(true).optional() }).optional(),
    /** The alerts that were acknowledged, or whose acknowledgement ended; missing: it is about everything of the row. */
    alerts: z
      .object({
        alertIds: z.array(z.string()),
        until: acknowledgedUntilSchema,
        sticky: z.boolean(),
        assignee: z.string().nullable(),
      })
      .optional(),
  }),
  z.object({ type: z.literal('alert'), ...ofAlert, ...alertEvidence }),
  z.object({
    type: z.literal('alert-changed'),
    ...ofAlert,
    ...alertEvidence,
    openedMs: timeMs,
    /** `escalated`: nobody acknowledged it in time; `severity`, `evidence`: that is different now. */
    phase: z.enum(['escalated', 'severity', 'evidence']),
  }),
  z.object({
    type: z.literal('alert-cleared'),
    ...ofAlert,
    openedMs: timeMs,
    /** `absorbed`: it became a symptom of another alert; `not-monitored`: its cluster or edge is not monitored any more. */
    ended: z.enum(['recovered', 'absorbed', 'not-monitored']),
    /** It cut users off, and is listed until it is acknowledged. */
    isOver: z.boolean(),
    /** The symptoms that were suppressed under it. */
    symptoms: z.array(
      z.object({
        rule: alertRuleSchema,
        clusterId: z.string().nullable(),
        clusterName: z.string().nullable(),
        edgeId: z.string().nullable(),
        edgeName: z.string().nullable(),
        words: z.string(),
        sinceMs: timeMs,
      }),
    ),
  }),
  z.object({
    type: z.literal('silence'),
    ...common,
    silenceId: z.string(),
    matcher: alertMatcherSchema,
    author: z.string(),
    /** Its reason. */
    text: z.string(),
    endsMs: timeMs,
  }),
  z.object({
    type: z.literal('silence-ended'),
    ...common,
    silenceId: z.string(),
    /** Who ended it early; null: its time was over. */
    by: z.string().nullable(),
    /** Number of alerts that it held back. */
    held: z.number().int(),
  }),
  z.object({
    type: z.literal('maintenance-planned'),
    ...common,
    window: maintenanceWindowSchema,
  }),
  z.object({
    type: z.literal('maintenance-changed'),
    ...common,
    by: z.string(),
    /** As it is from now on. */
    window: maintenanceWindowSchema,
    /** Whether the time in progress ends with this. */
    endsNow: z.boolean(),
  }),
  z.object({
    type: z.literal('maintenance-cancelled'),
    ...common,
    by: z.string(),
    windowId: z.string(),
    purpose: z.string(),
  }),
  z.object({
    type: z.literal('maintenance'),
    /** For a standalone edge `edge:` and its id. */
    ...ofCluster,
    phase: z.enum(['began', 'changed', 'ended']),
    /** All that is in force on the row from this time on; none at its end. */
    windows: z.array(maintenanceInForceSchema),
    /** Who planned, changed, ended or cancelled what led to this; null: the time did. */
    by: z.string().nullable(),
    /** The row's state by its readings at that time; null: it was not monitored. */
    observed: observedSchema.nullable(),
  }),
  z.object({
    type: z.literal('note'),
    /** The time it is about; of a span, its beginning. */
    ...common,
    /** The cluster on whose timeline it appears; for a standalone edge `edge:` and its id. */
    clusterId: z.string().nullable(),
    clusterName: z.string().nullable(),
    ...noteFields,
  }),
  z.object({
    type: z.literal('gap'),
    ...common,
    fromMs: timeMs,
    toMs: timeMs,
    /** The clusters that could not be monitored, where it was not all of them. */
    clusters: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
    reason: gapReasonSchema,
    words: z.string(),
  }),
  z.object({
    type: z.literal('finding'),
    ...common,
    clusterId: z.string().nullable(),
    clusterName: z.string().nullable(),
    edgeId: z.string().nullable(),
    edgeName: z.string().nullable(),
    reason: reasonSchema,
    /** Of a rolling update: which edges were out of service, and when. */
    absences: z.array(absenceSchema).optional(),
  }),
]);
export type HeronEvent = z.infer<typeof heronEventSchema>;
export type HeronEventType = HeronEvent['type'];
export type AlertEvent = Extract<HeronEvent, { type: 'alert' | 'alert-changed' | 'alert-cleared' }>;

/** Whether an event is that of an alert, which repeats the evidence of the events that it is about. */
export function isAlertEvent(event: HeronEvent): event is AlertEvent {
  return event.type === 'alert' || event.type === 'alert-changed' || event.type === 'alert-cleared';
}

export type FailoverEvent = Extract<HeronEvent, { type: 'failover' | 'failback' }>;
export type CauseCorrection = Extract<HeronEvent, { type: 'cause-corrected' }>;
/** The types of events that record what people decided or wrote, and nothing that Heron observed. */
export const enteredByPeople: ReadonlySet<HeronEventType> = new Set([
  'acknowledged',
  'note',
  'maintenance-planned',
  'maintenance-changed',
  'maintenance-cancelled',
]);
/** The types of events, for filters. */
export const eventTypeSchema: z.ZodType<HeronEventType> = z.enum(
  heronEventSchema.options.map((option) => option.shape.type.value),
);

/** An event as recorded in the history: its row number orders events of the same millisecond. */
export const recordedEventSchema = z.object({ id: z.number().int(), event: heronEventSchema });
export type RecordedEvent = z.infer<typeof recordedEventSchema>;
