import { leadingCells, type SampleCells } from './sample-columns';
import { metrics } from './sample-scale';

/** What is known of one metric in each row: `sum / count` is its average. Where count is 0 the rest means nothing. */
export interface MetricSums {
  count: Float64Array;
  min: Float64Array;
  max: Float64Array;
  sum: Float64Array;
}

/**
 * Sums of one edge's samples, being put together: a row for each minute of an hour, or each hour of a day or month. All in
 * stored whole numbers. What is summed up already can be added like single samples.
 */
export class RollupTable {
  /** How many samples each row has, answered or not. */
  readonly samples: Float64Array;
  /** How many of them were not answered. */
  readonly unanswered: Float64Array;
  /** In the order of `metrics`. */
  readonly sums: readonly MetricSums[];

  constructor(readonly rows: number) {
    this.samples = new Float64Array(rows);
    this.unanswered = new Float64Array(rows);
    this.sums = metrics.map(() => ({
      count: new Float64Array(rows),
      min: new Float64Array(rows),
      max: new Float64Array(rows),
      sum: new Float64Array(rows),
    }));
  }

  /** Forgets everything. */
  clear(): void {
    this.samples.fill(0);
    this.unanswered.fill(0);
    for (const { count } of this.sums) count.fill(0);
  }

  /** Adds a sample to a row. */
  add(row: number, cells: SampleCells): void {
    this.addPolls(row, 1, cells[1] === 1 ? 0 : 1);
    for (let metric = 0; metric < this.sums.length; metric++) {
      const value = cells[leadingCells + metric];
      if (typeof value === 'number') this.addValues(metric, row, value, value, value, 1);
    }
  }

  /** Adds polls to a row without their values. */
  addPolls(row: number, samples: number, unanswered: number): void {
    this.samples[row] = (this.samples[row] ?? 0) + samples;
    this.unanswered[row] = (this.unanswered[row] ?? 0) + unanswered;
  }

  /** Adds `count` values of a metric (its number in `metrics`) to a row, by what is known of them. */
  addValues(metric: number, row: number, min: number, sum: number, max: number, count: number): void {
    const sums = this.sums[metric];
    if (!sums || count === 0) return;
    const known = sums.count[row] ?? 0;
    sums.min[row] = known === 0 ? min : Math.min(sums.min[row] ?? min, min);
    sums.max[row] = known === 0 ? max : Math.max(sums.max[row] ?? max, max);
    sums.sum[row] = known === 0 ? sum : (sums.sum[row] ?? 0) + sum;
    sums.count[row] = known + count;
  }
}
