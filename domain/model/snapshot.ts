import { z } from 'zod';
import { bracketSchema, gapSpanSchema } from './event';
import { healthSchema, reasonSchema } from './health';
import { hostStatusSchema } from './host';
import { shownMaintenanceSchema } from './maintenance';
import { outageSchema } from './outage';
import { userPathSchema } from './probe';
import { lbRoleSchema, roleWitnessSchema } from './role';

const timeMs = z.number();

/** One edge at one time. Null always means "unknown" or "not offered", never zero. */
export const edgeViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  clusterId: z.string().nullable(),
  /** Its position in its cluster, 1..16, which selects its colour. */
  number: z.number().int(),
  health: healthSchema,
  sinceMs: timeMs.nullable(),
  reasons: z.array(reasonSchema),
  /** Absent or null: not in maintenance. */
  maintenance: shownMaintenanceSchema.nullable().optional(),
  role: lbRoleSchema,
  roleSinceMs: timeMs.nullable(),
  /** The last report of each witness. They may disagree, which is shown. */
  witnesses: z.array(roleWitnessSchema),
  proxyIp: z.string(),
  lbIp: z.string().nullable(),
  managementIp: z.string().nullable(),
  /** Name of the SNMP credential in the inventory; null: not polled by SNMP. */
  credential: z.string().nullable(),
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
  /** When the last answered poll ended; null: never. */
  lastAnswerMs: timeMs.nullable(),
  /** When the last poll ended, answered or not. */
  lastPollMs: timeMs.nullable(),
});
export type EdgeView = z.infer<typeof edgeViewSchema>;

/** The active LB. `unknown` names the last one known and when it was last seen active. */
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
  /** How long users were not served, by Heron's probes of the cluster IP. */
  usersGapMs: gapSpanSchema.optional(),
});
export type LastFailover = z.infer<typeof lastFailoverSchema>;

/** Who acknowledged a row's problem, when, and with what comment. */
export const acknowledgedSchema = z.object({ by: z.string(), atMs: timeMs, words: z.string() });
export type Acknowledged = z.infer<typeof acknowledgedSchema>;

/** How many edges a cluster can lose and still carry its peak. Traffic in bits per second. */
export const spareSchema = z.object({
  /** The number of edges it can lose, limited by capacity and by LBs that can take over; null: capacity or traffic is unknown. */
  canLose: z.number().int().nullable(),
  /** The number of edges that the peak needs. */
  needed: z.number().int().nullable(),
  /** The highest traffic of the last 24 hours, or since `peakSinceMs` where less is known. */
  peakBitsPerSecond: z.number().nullable(),
  peakSinceMs: timeMs.nullable(),
  /** Whether the inventory has the capacity of an edge. */
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
  /** Absent or null: not in maintenance. */
  maintenance: shownMaintenanceSchema.nullable().optional(),
  activeLb: activeLbSchema,
  lastFailover: lastFailoverSchema.nullable(),
  /** Whether users are served through the cluster IP; null: not probed, a standalone edge, or the past, which records events only. */
  users: userPathSchema.nullable(),
  /** Null: not acknowledged, or no problem. */
  acknowledged: acknowledgedSchema.nullable(),
  /** What is wrong besides what was acknowledged, as facts. Empty while nothing is acknowledged. */
  newFaults: z.array(z.string()),
  /** Past outages of users that are still unacknowledged, oldest first. */
  unacknowledgedOutages: z.array(outageSchema),
  /** Null when too many edges are unknown. */
  edgesUp: z.number().int().nullable(),
  edgesTotal: z.number().int(),
  /** Null: unknown, or a standalone edge. */
  spare: spareSchema.nullable(),
  clusterIp: z.string().nullable(),
  subnetMask: z.string().nullable(),
  defaultGateway: z.string().nullable(),
  ipsecLocalTermination: z.boolean(),
  bitsPerSecond: z.number().nullable(),
  /** 100 % minus half the sum of |share - expected|, 0..1; null without shares. */
  evenness: z.number().min(0).max(1).nullable(),
  edges: z.array(edgeViewSchema),
  /** The oldest of its edges' last answers, from which the data age follows. Null: no edge has answered yet. */
  oldestAnswerMs: timeMs.nullable(),
});
export type ClusterView = z.infer<typeof clusterViewSchema>;

/**
 * The condition of the history file: a check after an unclean shutdown (`checking`, then `sound`, `damaged`, or `not-checked`
 * when the check was not possible), or the recovery of a damaged file (`recovering`, then `recovered`).
 */
export const historyCareSchema = z.object({
  state: z.enum(['checking', 'sound', 'damaged', 'not-checked', 'recovering', 'recovered']),
  words: z.string(),
  sinceMs: timeMs,
});
export type HistoryCare = z.infer<typeof historyCareSchema>;

/** The state of one place where this run of Heron stores anchors. Neither `keptMs` nor `failure`: none was sent yet. */
export const anchorStandingSchema = z.object({
  /** The file or server, for people. */
  where: z.string(),
  /** When the last stored anchor was created; null: this run of Heron has stored none there. */
  keptMs: timeMs.nullable(),
  /** Why the latest anchor could not be stored; null: it was. */
  failure: z.string().nullable(),
});
export type AnchorStanding = z.infer<typeof anchorStandingSchema>;

/**
 * Whether the history can be proven: `signed`; `unsigned`, and why there is no signature; `failing`: it could not be signed, or
 * not be anchored outside this machine.
 */
export const historyProofStatusSchema = z.object({
  state: z.enum(['signed', 'unsigned', 'failing']),
  words: z.string(),
  /** When it was last signed. */
  signedMs: timeMs.nullable(),
  /** The places where this run of Heron stores anchors. */
  anchors: z.array(anchorStandingSchema),
});
export type HistoryProofStatus = z.infer<typeof historyProofStatusSchema>;

/**
 * What in or near this computer keeps Heron from seeing all or some edges, and since when: an interface that is down, its network where
 * everything fell silent at once, or the end of the demo fleet.
 */
export const monitorTroubleSchema = z.object({
  kind: z.enum(['own-interface', 'own-network', 'demo-ended']),
  sinceMs: timeMs,
});
export type MonitorTrouble = z.infer<typeof monitorTroubleSchema>;

/** A metrics source, and how many edges are read through it. */
export const sourceStatusSchema = z.object({
  name: z.string(),
  edges: z.number().int(),
  scrapeIntervalMs: z.number(),
  /** Why it cannot be read at present; null: nothing failed. */
  failure: z.string().nullable(),
  /** It was not read yet, so nothing is known of it; absent: it was. */
  isAwaited: z.literal(true).optional(),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** The state of the monitor itself. `partly-blind`: a local interface to some of the edges is down. `stalled`: no poll ended when one was due; everything shown is then unknown. */
export const monitorStatusSchema = z.object({
  state: z.enum(['starting', 'ok', 'behind', 'partly-blind', 'blind', 'stalled']),
  words: z.string(),
  /** Null or absent: nothing known of. */
  trouble: monitorTroubleSchema.nullable().optional(),
  /** Absent: not tested, as in the past. */
  host: hostStatusSchema.optional(),
  /** Delay of the latest polls, milliseconds. */
  lagMs: z.number(),
  edgesPolled: z.number().int(),
  edgesAnswered: z.number().int(),
  healthIntervalMs: z.number(),
  roleIntervalMs: z.number(),
  slowestAnswerMs: z.number().nullable(),
  /** The metrics sources that poll edges in Heron's place; absent: none. */
  sources: z.array(sourceStatusSchema).optional(),
  history: z.object({
    state: z.enum(['writing', 'failing', 'none']),
    words: z.string(),
    sizeBytes: z.number().nullable(),
    lastWriteMs: timeMs.nullable(),
    /** Null: the file needed no check. */
    care: historyCareSchema.nullable(),
    /** Null: signing and anchoring are not configured. */
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
