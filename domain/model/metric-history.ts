import { z } from 'zod';
import { metricSchema, rangeSchema } from './history';

/*
 * Metrics of a cluster's edges over a range: what a chart draws, and the figures of the whole range. Times are UTC milliseconds. Null:
 * not known.
 */

const values = z.array(z.number().nullable());

/** The edges of a cluster (or standalone edge `edge:ID`), or one of them, and the metrics that are wanted. */
export const metricHistoryRequestSchema = z.object({
  ...rangeSchema.shape,
  clusterId: z.string().max(200),
  /** Null: all edges. */
  edgeId: z.string().max(200).nullable(),
  metrics: z.array(metricSchema).min(1).max(metricSchema.options.length),
  points: z.number().int().min(1).max(20_000),
});
export type MetricHistoryRequest = z.infer<typeof metricHistoryRequestSchema>;

/**
 * The highest value of the range and its 95th percentile (nearest rank). `peakOfMs` and `p95OfMs` say what of: 0 is single readings,
 * else averages over that many milliseconds.
 */
export const metricFiguresSchema = z.object({
  peak: z.number().nullable(),
  peakOfMs: z.number().int().min(0),
  p95: z.number().nullable(),
  p95OfMs: z.number().int().min(0),
});
export type MetricFigures = z.infer<typeof metricFiguresSchema>;

/** One metric of one edge, a value for each step, of the readings in it. */
export const edgeMetricSchema = z.object({
  min: values,
  avg: values,
  max: values,
  figures: metricFiguresSchema,
});
export type EdgeMetric = z.infer<typeof edgeMetricSchema>;

/**
 * One metric of all edges together: the sum of rates and sessions, else the largest value. `known`: how many edges it is made of;
 * where that is less than `polled`, others were polled and did not report it, and a sum is a lower bound.
 */
export const clusterMetricSchema = z.object({
  values,
  known: z.array(z.number().int()),
  polled: z.array(z.number().int()),
  figures: metricFiguresSchema,
  /** The figures include steps in which not all polled edges are known. */
  isPartial: z.boolean(),
});
export type ClusterMetric = z.infer<typeof clusterMetricSchema>;

export const edgeHistorySchema = z.object({
  edgeId: z.string(),
  edgeName: z.string(),
  number: z.number().int(),
  /** Its loads above these are problems, percent: those that were configured last in the range. */
  limits: z.object({ cpuPercent: z.number(), swapPercent: z.number() }),
  /** Polls of each step that were answered, and that were not. Both 0: not monitored. */
  answered: z.array(z.number().int()),
  lost: z.array(z.number().int()),
  metrics: z.partialRecord(metricSchema, edgeMetricSchema),
});
export type EdgeHistory = z.infer<typeof edgeHistorySchema>;

/** `level`: what the steps were made from. Steps of a minute and more lie on whole UTC minutes or hours, as those of a series. */
export const metricHistorySchema = z.object({
  fromMs: z.number().int(),
  toMs: z.number().int(),
  stepMs: z.number().int().min(1),
  times: z.array(z.number().int()),
  level: z.enum(['sample', 'minute', 'hour']),
  edges: z.array(edgeHistorySchema),
  cluster: z.partialRecord(metricSchema, clusterMetricSchema),
});
export type MetricHistory = z.infer<typeof metricHistorySchema>;
