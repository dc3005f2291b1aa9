import type { Metric } from './sample-scale';

/**
 * One edge's samples of one hour, read from a chunk's body. Only the requested parts are decoded, so each method throws a RangeError, or
 * zlib's own error, where the body is not what Heron wrote.
 */
export interface Chunk {
  /** UTC milliseconds / 3,600,000. */
  readonly hour: number;
  /** How many samples. */
  readonly count: number;
  /** The time of each sample, UTC milliseconds, ascending. */
  timesMs(): Float64Array;
  /** 1 where the poll was answered, else 0. */
  answered(): Int32Array;
  /** A metric's stored whole numbers (`fromStored` has its units); NaN where it is not known. */
  stored(metric: Metric): Float64Array;
  /** A metric's stored whole number in one row; NaN where it is not known. The rows after it are not decoded. */
  storedAt(metric: Metric, row: number): number;
}
