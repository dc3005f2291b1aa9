import { readColumn, stepsOf } from './column';
import { openBody, openSection } from './section';
import { valueOfCode } from './quantize';
import { mostRollupRows, noRows, type MetricRows, type Rollup } from './rollup-shape';
import { metrics, type Metric } from './sample-scale';

const leadingSections = 3;

/**
 * A rollup as Heron wrote it up to file version 5.
 *
 *   version 1, level, period, rows, sections: [row numbers] [samples] [not answered] [one a metric]
 *
 * Each section's flags: bits 0 and 1 how its column is written (column.ts), 4 deflated. A metric's section has four columns one after
 * the other: samples without a value (as they are, all rows); then for the rows that have a value the code of the average
 * (as the flags say), how far below it the minimum's code is, and how far above it the maximum's (both as they are). A metric
 * that was never known has an empty section.
 */
export class RollupOfVersion1 implements Rollup {
  private constructor(
    readonly level: number,
    readonly period: number,
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): RollupOfVersion1 {
    const { numbers, sections } = openBody(body, 1, 3);
    const [level = 0, period = 0, count = 0] = numbers;
    if (count > mostRollupRows) throw new RangeError(`it has ${count} rows`);
    return new RollupOfVersion1(level, period, count, sections);
  }

  rows(): Int32Array {
    return this.plain(0);
  }

  samples(): Int32Array {
    return this.plain(1);
  }

  unanswered(): Int32Array {
    return this.plain(2);
  }

  metric(metric: Metric, samples = this.samples()): MetricRows {
    const rows = noRows(this.count);
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
