import { z } from 'zod';
import { bracketSchema, gapSpanSchema } from './event';
import { healthSchema, reasonSchema } from './health';
import { lbRoleSchema, roleWitnessSchema } from './role';

const timeMs = z.number();

/** One edge at one time. Every null means "not known" or "not offered", never zero. */
export const edgeViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  clusterId: z.string().nullable(),
  /** 1..16, the place in its cluster: picks the series colour. */
  number: z.number().int(),
  health: healthSchema,
  sinceMs: timeMs.nullable(),
  reasons: z.array(reasonSchema),
  role: lbRoleSchema,
  roleSinceMs: timeMs.nullable(),
  /** Each witness's last word. They may disagree: show it. */
  witnesses: z.array(roleWitnessSchema),
  proxyIp: z.string(),
  lbIp: z.string().nullable(),
  managementIp: z.string().nullable(),
  subscription: z.string().nullable(),
  /** Own proxy-interface traffic over the cluster's sum, 0..1; null without traffic or without data. */
  share: z.number().min(0).max(1).nullable(),
  proxyInBitsPerSecond: z.number().nullable(),
  proxyOutBitsPerSecond: z.number().nullable(),
  lbInBitsPerSecond: z.number().nullable(),
  sessions: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  swapPercent: z.number().nullable(),
  uptimeMs: z.number().nullable(),
  latencyMs: z.number().nullable(),
  /** When the last poll that was answered ended; null: never. */
  lastAnswerMs: timeMs.nullable(),
  /** When the last poll, answered or not, ended. */
  lastPollMs: timeMs.nullable(),
});
export type EdgeView = z.infer<typeof edgeViewSchema>;

/** Who is the active LB. `unknown` remembers who it was and until when that was seen. */
export const activeLbSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one'), edgeId: z.string(), edgeName: z.string(), sinceMs: timeMs.nullable() }),
  z.object({ kind: z.literal('none'), sinceMs: timeMs.nullable() }),
  z.object({
    kind: z.literal('several'),
    edgeIds: z.array(z.string()),
    edgeNames: z.array(z.string()),
    sinceMs: timeMs.nullable(),
  }),
  z.object({
    kind: z.literal('unknown'),
    lastEdgeName: z.string().nullable(),
    lastSeenMs: timeMs.nullable(),
  }),
  z.object({ kind: z.literal('not-applicable') }),
]);
export type ActiveLb = z.infer<typeof activeLbSchema>;

export const lastFailoverSchema = z.object({
  type: z.enum(['failover', 'failback']),
  fromEdgeName: z.string(),
  toEdgeName: z.string(),
  bracket: bracketSchema,
  gapMs: gapSpanSchema,
});
export type LastFailover = z.infer<typeof lastFailoverSchema>;

/** Who has a row's problem, since when, and what was said about it. */
export const acknowledgedSchema = z.object({ by: z.string(), atMs: timeMs, words: z.string() });
export type Acknowledged = z.infer<typeof acknowledgedSchema>;

/** What a cluster can lose and still carry its peak. Traffic in bits per second. */
export const spareSchema = z.object({
  /** How many more edges, as far as capacity and LBs that can take over let it; null: only their count tells. */
  canLose: z.number().int().nullable(),
  /** How many edges the peak needs. */
  needed: z.number().int().nullable(),
  /** The highest traffic of the last 24 hours, as far as it is known: since `peakSinceMs`. */
  peakBitsPerSecond: z.number().nullable(),
  peakSinceMs: timeMs.nullable(),
  /** Whether the inventory says what an edge carries. */
  capacitySet: z.boolean(),
});
export type Spare = z.infer<typeof spareSchema>;

/** One row of the clusters table: a cluster, or a standalone edge (`kind`), at one time. */
export const clusterViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['cluster', 'standalone']),
  name: z.string(),
  site: z.string().nullable(),
  status: z.enum(['enabled', 'disabled']),
  health: healthSchema,
  sinceMs: timeMs.nullable(),
  reasons: z.array(reasonSchema),
  activeLb: activeLbSchema,
  lastFailover: lastFailoverSchema.nullable(),
  /** Null: nobody has its problem, or there is none. */
  acknowledged: acknowledgedSchema.nullable(),
  /** Null when it cannot be told because too many edges are unknown. */
  edgesUp: z.number().int().nullable(),
  edgesTotal: z.number().int(),
  /** Null: it cannot be told, or there is no cluster to lose an edge. */
  spare: spareSchema.nullable(),
  clusterIp: z.string().nullable(),
  subnetMask: z.string().nullable(),
  defaultGateway: z.string().nullable(),
  ipsecLocalTermination: z.boolean(),
  bitsPerSecond: z.number().nullable(),
  /** 100 % minus half the sum of |share - expected|, 0..1; null without shares. */
  evenness: z.number().min(0).max(1).nullable(),
  edges: z.array(edgeViewSchema),
  /** The oldest of its edges' last answers: the row's data age. Null: no edge has answered yet. */
  oldestAnswerMs: timeMs.nullable(),
});
export type ClusterView = z.infer<typeof clusterViewSchema>;

/**
 * What Heron did about the history file itself, and found: a check after an unclean end (`checking`, then `sound`, `damaged`, or
 * `not-checked` when the check could not be made), or the salvage of a damaged file (`recovering`, then `recovered`).
 */
export const historyCareSchema = z.object({
  state: z.enum(['checking', 'sound', 'damaged', 'not-checked', 'recovering', 'recovered']),
  words: z.string(),
  sinceMs: timeMs,
});
export type HistoryCare = z.infer<typeof historyCareSchema>;

/** What became of the anchors that this run of Heron sent to one place. Neither `keptMs` nor `failure`: none was sent yet. */
export const anchorStandingSchema = z.object({
  /** The file or server, for people. */
  where: z.string(),
  /** When the last anchor that is kept there was made; null: this run of Heron has kept none there. */
  keptMs: timeMs.nullable(),
  /** Why the latest is not kept; null: it is. */
  failure: z.string().nullable(),
});
export type AnchorStanding = z.infer<typeof anchorStandingSchema>;

/**
 * Whether what is kept can be proven: `signed`; `unsigned`, and why nobody signs it; `failing`: the history could not be
 * signed, or not be anchored off this machine.
 */
export const historyProofStatusSchema = z.object({
  state: z.enum(['signed', 'unsigned', 'failing']),
  words: z.string(),
  /** When it was signed last. */
  signedMs: timeMs.nullable(),
  /** Each place that this run of Heron anchors at; none: it keeps anchors nowhere by itself. */
  anchors: z.array(anchorStandingSchema),
});
export type HistoryProofStatus = z.infer<typeof historyProofStatusSchema>;

/** How Heron itself is doing. `partly-blind`: an own interface to some of the edges is down. `stalled`: no poll ended when one was due; everything shown is then unknown. */
export const monitorStatusSchema = z.object({
  state: z.enum(['starting', 'ok', 'behind', 'partly-blind', 'blind', 'stalled']),
  words: z.string(),
  /** How late the latest polls started, milliseconds. */
  lagMs: z.number(),
  edgesPolled: z.number().int(),
  edgesAnswered: z.number().int(),
  healthIntervalMs: z.number(),
  roleIntervalMs: z.number(),
  slowestAnswerMs: z.number().nullable(),
  history: z.object({
    state: z.enum(['writing', 'failing', 'none']),
    words: z.string(),
    sizeBytes: z.number().nullable(),
    lastWriteMs: timeMs.nullable(),
    /** Null: the file gave no reason to look at it. */
    care: historyCareSchema.nullable(),
    /** Null: nobody asked for proof. */
    proof: historyProofStatusSchema.nullable(),
  }),
});
export type MonitorStatus = z.infer<typeof monitorStatusSchema>;

/** All states at one time. */
export const snapshotSchema = z.object({
  atMs: timeMs,
  clusters: z.array(clusterViewSchema),
  monitor: monitorStatusSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;
