import { z } from 'zod';
import { eventTypeSchema, gapReasonSchema, gapSpanSchema } from './event';
import { reasonSchema } from './health';

/*
 * What can be asked of the past, and how it is answered. The same shapes cross between threads, processes and files.
 * Times are UTC milliseconds; a range is [fromMs, toMs).
 */

const timeMs = z.number().int();

/** The numbers of a sample: what a series can be asked for. */
export const metricSchema = z.enum([
  'latencyMs',
  'cpuPercent',
  'swapPercent',
  'sessions',
  'proxyInBitsPerSecond',
  'proxyOutBitsPerSecond',
  'lbInBitsPerSecond',
  'lbOutBitsPerSecond',
]);
export type Metric = z.infer<typeof metricSchema>;

export const rangeSchema = z.object({ fromMs: timeMs.min(0), toMs: timeMs.min(0) });
export type TimeRange = z.infer<typeof rangeSchema>;

/** Which events, the last recorded first. All conditions must hold; null or absent is no condition. */
export const eventFilterSchema = z.object({
  clusterId: z.string().nullable(),
  types: z.array(eventTypeSchema).max(50).nullable(),
  /** Only events whose own time is in it. */
  range: rangeSchema.nullish(),
  /** Only events recorded before this row: the next page. */
  beforeId: z.number().int().nullable(),
  limit: z.number().int().min(1).max(10_000),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/**
 * A state with a beginning and an end; `toMs` null while it lasts. `reasons` are those it began with; null: none are kept
 * (of a role, or in a file from before they were).
 */
export const spanSchema = z.object({
  kind: z.enum(['edge-health', 'lb-role', 'cluster-health']),
  subjectId: z.string(),
  state: z.string(),
  fromMs: timeMs,
  toMs: timeMs.nullable(),
  reasons: z.array(reasonSchema).nullable(),
});
export type Span = z.infer<typeof spanSchema>;

export const seriesRequestSchema = z.object({
  ...rangeSchema.shape,
  edgeIds: z.array(z.string()).max(10_000),
  metric: metricSchema,
  points: z.number().int().min(1).max(20_000),
});
export type SeriesRequest = z.infer<typeof seriesRequestSchema>;

/** A cluster (or standalone edge) and a range, for the figures of its edges. */
export const shareRequestSchema = z.object({
  ...rangeSchema.shape,
  clusterId: z.string(),
  points: z.number().int().min(1).max(20_000),
});
export type ShareRequest = z.infer<typeof shareRequestSchema>;

/** The traffic of each edge of a cluster over time, in and out together, as shares are counted. Null: not monitored, or no answer. */
export const shareSeriesSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  stepMs: z.number(),
  /** Start of each step, UTC milliseconds. */
  times: z.array(z.number()),
  edges: z.array(
    z.object({
      edgeId: z.string(),
      edgeName: z.string(),
      number: z.number().int(),
      /** Bits per second on the proxy interface, one per step. */
      bitsPerSecond: z.array(z.number().nullable()),
    }),
  ),
});
export type ShareSeries = z.infer<typeof shareSeriesSchema>;

/**
 * One figure for each step. `count`: samples that had a value; where it is 0, min, avg and max are null. `unknown`: polls
 * that were not answered. Both 0: nobody looked.
 */
export const seriesColumnsSchema = z.object({
  min: z.array(z.number().nullable()),
  avg: z.array(z.number().nullable()),
  max: z.array(z.number().nullable()),
  count: z.array(z.number().int()),
  unknown: z.array(z.number().int()),
});
export type SeriesColumns = z.infer<typeof seriesColumnsSchema>;

/**
 * A metric over time. Steps of a minute and more lie on whole UTC minutes or hours, so the first and the last may reach
 * beyond the range that was asked for; shorter ones begin at its start. `level`: what the figures were made from.
 */
export const seriesSchema = z.object({
  fromMs: timeMs,
  stepMs: z.number().int().min(1),
  times: z.array(timeMs),
  level: z.enum(['sample', 'minute', 'hour']),
  byEdge: z.record(z.string(), seriesColumnsSchema),
});
export type Series = z.infer<typeof seriesSchema>;

/** A stretch in which nobody watched, or in which what was seen could not be written. */
export const gapSchema = z.object({
  ...rangeSchema.shape,
  reason: gapReasonSchema,
  words: z.string(),
  /** Clusters (ids) that could not be watched; null: all. */
  clusterIds: z.array(z.string()).nullable(),
});
export type Gap = z.infer<typeof gapSchema>;

/** One start of the monitor. Nothing is known after `watchedUntilMs`. */
export const monitorRunSchema = z.object({
  startMs: timeMs,
  watchedUntilMs: timeMs,
  ended: z.enum(['running', 'closed', 'lost']),
  version: z.string(),
  host: z.string(),
  timeZone: z.string(),
  /** The clock was set while it ran: when (by the new clock), and by how much forward. */
  clockSteps: z.array(z.object({ atMs: timeMs, byMs: timeMs })),
});
export type MonitorRun = z.infer<typeof monitorRunSchema>;

/** From the first to the last moment that was watched, gaps included. */
export const coverageSchema = z.object({ firstMs: timeMs, lastMs: timeMs });
export type Coverage = z.infer<typeof coverageSchema>;

/**
 * How available a cluster or an edge was over a range, as far as it was watched: part of the time that counts, 0..1. `worst`
 * takes all unknown time as not available, `best` as available. Time in which it was disabled or in maintenance does
 * not count. All null when no time counts.
 */
export const availabilitySchema = z.object({
  subjectId: z.string(),
  kind: z.enum(['cluster', 'edge']),
  worst: z.number().min(0).max(1).nullable(),
  best: z.number().min(0).max(1).nullable(),
  unknownShare: z.number().min(0).max(1).nullable(),
  availableMs: z.number().int(),
  unavailableMs: z.number().int(),
  unknownMs: z.number().int(),
  /** Disabled or in maintenance. */
  notCountedMs: z.number().int(),
  /** Of a cluster, else null. */
  failovers: z.number().int().nullable(),
  failbacks: z.number().int().nullable(),
  /** The longest time without an active LB that was seen; null where none was, and of an edge. */
  longestNoActiveLbMs: gapSpanSchema.nullable(),
});
export type Availability = z.infer<typeof availabilitySchema>;
