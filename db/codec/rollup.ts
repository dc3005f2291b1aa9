import { readColumn, stepsOf } from './column';
import { openBody, openSection } from './section';
import { valueOfCode } from './quantize';
import { metrics, type Metric } from './sample-scale';
import { rollupVersion } from './encode-rollup';

/** One metric of a rollup, a number a row, stored whole numbers; NaN in all but count where no value is known. */
export interface MetricRows {
  count: Float64Array;
  min: Float64Array;
  avg: Float64Array;
  max: Float64Array;
}

const leadingSections = 3;

/**
 * Minutes or hours of one edge, read from a rollup's body (encode-rollup.ts). Only the requested parts are decoded. Throws a
 * RangeError, or zlib's own error, where the body is not what Heron wrote.
 */
export class Rollup {
  private constructor(
    readonly level: number,
    /** The hour, day or month, counted from 1970-01-01 UTC. */
    readonly period: number,
    /** How many rows. */
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): Rollup {
    const { numbers, sections } = openBody(body, rollupVersion, 3);
    return new Rollup(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, sections);
  }

  /** Which minute of the hour, or hour of the day or month, each row is. Ascending. */
  rows(): Int32Array {
    return this.plain(0);
  }

  /** Samples of each row, answered or not. */
  samples(): Int32Array {
    return this.plain(1);
  }

  /** How many of a row's samples were not answered. */
  unanswered(): Int32Array {
    return this.plain(2);
  }

  /** One metric of every row. Its counts need `samples`, which the caller may have already. */
  metric(metric: Metric, samples = this.samples()): MetricRows {
    const unknown = (): Float64Array => new Float64Array(this.count).fill(Number.NaN);
    const rows = { count: new Float64Array(this.count), min: unknown(), avg: unknown(), max: unknown() };
    const section = this.sections[leadingSections + metrics.indexOf(metric)];
    if (!section || section.length === 0) return rows;
    const { flags, content } = openSection(section);
    const missing = readColumn(content, this.count, 0);
    const known: number[] = [];
    for (let row = 0; row < this.count; row++) {
      const count = (samples[row] ?? 0) - (missing[row] ?? 0);
      rows.count[row] = count;
      if (count > 0) known.push(row);
    }
    const averages = readColumn(content, known.length, stepsOf(flags));
    const below = readColumn(content, known.length, 0);
    const above = readColumn(content, known.length, 0);
    content.end();
    for (let index = 0; index < known.length; index++) {
      const row = known[index] as number;
      const average = averages[index] as number;
      rows.avg[row] = valueOfCode(average);
      rows.min[row] = valueOfCode(average - (below[index] as number));
      rows.max[row] = valueOfCode(average + (above[index] as number));
    }
    return rows;
  }

  private plain(index: number): Int32Array {
    const { flags, content } = openSection(this.sections[index] ?? new Uint8Array());
    const values = readColumn(content, this.count, stepsOf(flags));
    content.end();
    return values;
  }
}
