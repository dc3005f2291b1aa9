import type { Metric } from './sample-scale';

/** One metric of a rollup, a number a row, stored whole numbers; NaN in all but count where no value is known. */
export interface MetricRows {
  count: Float64Array;
  min: Float64Array;
  avg: Float64Array;
  max: Float64Array;
}

/**
 * Minutes or hours of one edge, read from a rollup's body. Only the requested parts are decoded, so each method throws a RangeError, or
 * zlib's own error, where the body is not what Heron wrote.
 */
export interface Rollup {
  readonly level: number;
  /** The hour, day or month, counted from 1970-01-01 UTC. */
  readonly period: number;
  /** How many rows. */
  readonly count: number;
  /** Which minute of the hour, or hour of the day or month, each row is. Ascending. */
  rows(): Int32Array;
  /** Samples of each row, answered or not. */
  samples(): Int32Array;
  /** How many of a row's samples were not answered. */
  unanswered(): Int32Array;
  /** One metric of every row. Its counts need `samples`, which the caller may have already. */
  metric(metric: Metric, samples?: Int32Array): MetricRows;
}

/** The hours of the longest month. No rollup has more rows: a damaged one must not fill the memory. */
export const mostRollupRows = 31 * 24;

/** Rows in which nothing is known. */
export function noRows(count: number): MetricRows {
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  return { count: new Float64Array(count), min: unknown(), avg: unknown(), max: unknown() };
}
