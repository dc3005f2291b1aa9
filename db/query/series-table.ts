import type { SeriesColumns, SeriesRequest } from '../../domain/model/history';
import type { SeriesSteps } from './series-steps';

/** A series in the making. */
export interface SeriesDraft {
  request: SeriesRequest;
  steps: SeriesSteps;
  /** By edge id, for the edges that the history knows. */
  tables: ReadonlyMap<string, SeriesTable>;
}

/** Accumulates the values of one edge for each step, in any order, single or aggregated. */
export class SeriesTable {
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private readonly sum: Float64Array;
  private readonly counts: Float64Array;
  private readonly unanswered: Float64Array;

  constructor(steps: number) {
    this.min = new Float64Array(steps).fill(Infinity);
    this.max = new Float64Array(steps).fill(-Infinity);
    this.sum = new Float64Array(steps);
    this.counts = new Float64Array(steps);
    this.unanswered = new Float64Array(steps);
  }

  /** Adds `count` aggregated values, and `unknown` polls without an answer. */
  add(step: number, values: { min: number; max: number; sum: number; count: number }, unknown: number): void {
    if (step < 0 || step >= this.counts.length) return;
    this.unanswered[step] = (this.unanswered[step] ?? 0) + unknown;
    if (values.count === 0) return;
    this.min[step] = Math.min(this.min[step] ?? Infinity, values.min);
    this.max[step] = Math.max(this.max[step] ?? -Infinity, values.max);
    this.sum[step] = (this.sum[step] ?? 0) + values.sum;
    this.counts[step] = (this.counts[step] ?? 0) + values.count;
  }

  /** Adds one sample: its value (NaN: none), and whether its poll had no answer. */
  addOne(step: number, value: number, unknown: boolean): void {
    if (step < 0 || step >= this.counts.length) return;
    if (unknown) this.unanswered[step] = (this.unanswered[step] ?? 0) + 1;
    if (Number.isNaN(value)) return;
    this.min[step] = Math.min(this.min[step] ?? Infinity, value);
    this.max[step] = Math.max(this.max[step] ?? -Infinity, value);
    this.sum[step] = (this.sum[step] ?? 0) + value;
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }

  /** The columns, each value divided by `perUnit`: stored whole numbers in the metric's own unit. */
  columns(perUnit: number): SeriesColumns {
    const known = (column: Float64Array, divisor: (step: number) => number): (number | null)[] =>
      Array.from(column, (value, step) => (this.counts[step] ? value / divisor(step) : null));
    return {
      min: known(this.min, () => perUnit),
      avg: known(this.sum, (step) => (this.counts[step] ?? 1) * perUnit),
      max: known(this.max, () => perUnit),
      count: Array.from(this.counts),
      unknown: Array.from(this.unanswered),
    };
  }
}
