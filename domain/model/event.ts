import { z } from 'zod';
import { healthSchema, reasonSchema } from './health';
import { noteFields } from './note';
import { lbRoleSchema, roleWitnessSchema } from './role';

const timeMs = z.number().int();

/** Between these two UTC instants it happened: last reading of the old, first reading of the new. */
export const bracketSchema = z.object({ lastOldMs: timeMs, firstNewMs: timeMs });
export type Bracket = z.infer<typeof bracketSchema>;

/** Time without an active LB: surely at least, possibly at most, in milliseconds. */
export const gapSpanSchema = z.object({ atLeast: z.number().min(0), atMost: z.number().min(0) });

export const causeSchema = z.object({
  kind: z.enum([
    'lb-stopped',
    'edge-died',
    'edge-unreachable',
    'edge-rebooted',
    'link-cut',
    'administrator-disabled',
    'preemption',
    'unknown',
  ]),
  /** What was seen that says so; empty for `unknown`. */
  evidence: z.array(z.string()),
});
export type Cause = z.infer<typeof causeSchema>;

/** An edge was away and came back. */
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
  /** When Heron wrote it down, UTC milliseconds. */
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
  /** The old LB's role when the new one was first seen: `unknown` when its edge was unreachable. */
  oldRoleAfter: lbRoleSchema,
  cause: causeSchema,
  witnesses: z.array(roleWitnessSchema),
  pollIntervalMs: z.number(),
};

/** Why nobody watched, or what was seen is not kept. */
export const gapReasonSchema = z.enum([
  'not-running',
  'suspended',
  'own-network',
  'event-loop-late',
  'clock-stepped',
  'history-not-written',
  'history-damaged',
]);

/** Something that happened. Append-only in the history; printed one a line by `heron watch`. */
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
    type: z.literal('no-active-lb'),
    ...ofCluster,
    bracket: bracketSchema,
    lastActiveEdgeName: z.string().nullable(),
    reasons: z.array(reasonSchema),
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
  }),
  z.object({
    type: z.literal('cluster-state'),
    ...ofCluster,
    from: healthSchema,
    to: healthSchema,
    reasons: z.array(reasonSchema),
  }),
  z.object({
    type: z.literal('acknowledged'),
    /** Of a standalone edge: `edge:` and its id. */
    ...ofCluster,
    by: z.string(),
    words: z.string(),
    /** The state that was acknowledged; at the end, the one that ended it. */
    health: healthSchema,
    /** Null: somebody has the problem from now on. Else why nobody has it any more. */
    ended: z.enum(['withdrawn', 'well', 'worse']).nullable(),
  }),
  z.object({
    type: z.literal('note'),
    /** The time it is about, its beginning where that is a span. */
    ...common,
    /** Whose timeline it stands on; of a standalone edge: `edge:` and its id. */
    clusterId: z.string().nullable(),
    clusterName: z.string().nullable(),
    ...noteFields,
  }),
  z.object({
    type: z.literal('gap'),
    ...common,
    fromMs: timeMs,
    toMs: timeMs,
    /** Clusters that could not be watched, where it was not all of them. */
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
    /** Of a rolling update: which edges were away, and when. */
    absences: z.array(absenceSchema).optional(),
  }),
]);
export type HeronEvent = z.infer<typeof heronEventSchema>;
export type HeronEventType = HeronEvent['type'];
/** The kinds of events, for what asks for some of them. */
export const eventTypeSchema: z.ZodType<HeronEventType> = z.enum(
  heronEventSchema.options.map((option) => option.shape.type.value),
);

/** An event as history keeps it: with its row number, which orders events that share a millisecond. */
export const recordedEventSchema = z.object({ id: z.number().int(), event: heronEventSchema });
export type RecordedEvent = z.infer<typeof recordedEventSchema>;
