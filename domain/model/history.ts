import { z } from 'zod';
import { eventTypeSchema, gapReasonSchema, gapSpanSchema } from './event';
import { reasonSchema } from './health';
import { momentSchema } from './moment';

/*
 * Queries of the history and their results. The same shapes cross between threads, processes and files. Times are UTC
 * milliseconds; a range is [fromMs, toMs).
 */

const timeMs = z.number().int();

/** The metrics of a sample that a series can be queried for. */
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

export const rangeSchema = z.object({ fromMs: momentSchema, toMs: momentSchema });
export type TimeRange = z.infer<typeof rangeSchema>;

/**
 * Which events, the last recorded first, or with `afterId` the first recorded first. All conditions must hold; null or absent is no
 * condition.
 */
export const eventFilterSchema = z.object({
  clusterId: z.string().nullable(),
  types: z.array(eventTypeSchema).max(50).nullable(),
  /** Only events whose own time is in it. */
  range: rangeSchema.nullish(),
  /** Only events recorded before this row: the next page. */
  beforeId: z.number().int().nullable(),
  /** Only events recorded after this row, in the order they were recorded. */
  afterId: z.number().int().nullish(),
  limit: z.number().int().min(1).max(10_000),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/**
 * A state with a beginning and an end; `toMs` is null while it lasts. `reasons` are those at its beginning; null: none were
 * recorded (of a role, or in a file of an older version).
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

/** Samples of one edge in the order of their times, as columns. `answered`: 0 where the poll was not answered. NaN: not known. */
export interface SampleBlock {
  edgeId: string;
  timesMs: Float64Array;
  answered: Uint8Array;
  values: Record<Metric, Float64Array>;
}

/** Some of the samples of a range. `next`: what the query for the page after it starts from; null: this is the last one. */
export interface SamplePage {
  blocks: SampleBlock[];
  next: { stage: 'chunks' | 'rows'; hour: number; edge: number; sealing: number } | null;
}

/** A cluster (or standalone edge) and a range, for the traffic of its edges. */
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
 * One value for each step. `count`: samples that had a value; where it is 0, min, avg and max are null. `unknown`: polls that
 * were not answered. Both 0: not monitored.
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
 * A metric over time. Steps of a minute and more are aligned to whole UTC minutes or hours, so the first and the last may
 * extend beyond the requested range; shorter ones begin at its start. `level`: what the values were computed from.
 */
export const seriesSchema = z.object({
  fromMs: timeMs,
  stepMs: z.number().int().min(1),
  times: z.array(timeMs),
  level: z.enum(['sample', 'minute', 'hour']),
  byEdge: z.record(z.string(), seriesColumnsSchema),
});
export type Series = z.infer<typeof seriesSchema>;

/** A time that was not monitored, or whose readings could not be written. */
export const gapSchema = z.object({
  ...rangeSchema.shape,
  reason: gapReasonSchema,
  words: z.string(),
  /** Ids of the clusters that could not be monitored; null: all. */
  clusterIds: z.array(z.string()).nullable(),
});
export type Gap = z.infer<typeof gapSchema>;

/** One run of the monitor. Nothing is known after `watchedUntilMs`. */
export const monitorRunSchema = z.object({
  startMs: timeMs,
  watchedUntilMs: timeMs,
  ended: z.enum(['running', 'closed', 'lost']),
  version: z.string(),
  host: z.string(),
  timeZone: z.string(),
  /** Changes of the wall clock during the run: when (by the new clock), and by how much forward. */
  clockSteps: z.array(z.object({ atMs: timeMs, byMs: timeMs })),
});
export type MonitorRun = z.infer<typeof monitorRunSchema>;

/** From the first to the last monitored moment, gaps included. */
export const coverageSchema = z.object({ firstMs: timeMs, lastMs: timeMs });
export type Coverage = z.infer<typeof coverageSchema>;

/**
 * Availability of a cluster or an edge over a range, as a part 0..1 of the time that counts. `worst` takes all unknown time as
 * not available, `best` as available. Time in which it was not configured, disabled or in maintenance does not count, nor time outside
 * the hours of the calendar. All null when no time counts.
 */
export const availabilitySchema = z.object({
  subjectId: z.string(),
  kind: z.enum(['cluster', 'edge']),
  ...rangeSchema.shape,
  worst: z.number().min(0).max(1).nullable(),
  best: z.number().min(0).max(1).nullable(),
  unknownShare: z.number().min(0).max(1).nullable(),
  availableMs: z.number().int(),
  unavailableMs: z.number().int(),
  unknownMs: z.number().int(),
  /** The part of `unknownMs` that was not monitored. */
  unmonitoredMs: z.number().int(),
  /** Planned maintenance, apart from all other time, and what was observed in it: unavailable for certain, and unknown. */
  maintenanceMs: z.number().int(),
  maintenanceUnavailableMs: z.number().int(),
  maintenanceUnknownMs: z.number().int(),
  /** Disabled. */
  notCountedMs: z.number().int(),
  /** Before it was added to the inventory, or after it was removed. */
  notConfiguredMs: z.number().int(),
  /** Outside the hours of the calendar. */
  outsideHoursMs: z.number().int(),
  /** Null of an edge. */
  failovers: z.number().int().nullable(),
  failbacks: z.number().int().nullable(),
  /** The longest recorded time without an active LB; null where there was none, and of an edge. */
  longestNoActiveLbMs: gapSpanSchema.nullable(),
});
export type Availability = z.infer<typeof availabilitySchema>;
