import { ByteSource } from './byte-source';
import { readPredicted } from './predicted-column';
import { mostCode, valueOfCode } from './quantize';
import { mostRollupRows, noRows, type MetricRows, type Rollup } from './rollup-shape';
import { metrics, type Metric } from './sample-scale';
import { openBody } from './section';

const leadingSections = 3;

/** A rollup as encode-rollup.ts writes it. What was decoded once is retained. */
export class RollupOfVersion2 implements Rollup {
  private readonly wholes: Int32Array[] = [];
  private readonly read = new Map<Metric, MetricRows>();

  private constructor(
    readonly level: number,
    readonly period: number,
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): RollupOfVersion2 {
    const { numbers, sections } = openBody(body, 2, 3);
    const [level = 0, period = 0, count = 0] = numbers;
    if (count > mostRollupRows) throw new RangeError(`it has ${count} rows`);
    return new RollupOfVersion2(level, period, count, sections);
  }

  rows(): Int32Array {
    return this.whole(0);
  }

  samples(): Int32Array {
    return this.whole(1);
  }

  unanswered(): Int32Array {
    return this.whole(2);
  }

  metric(metric: Metric, samples = this.samples()): MetricRows {
    const known = this.read.get(metric) ?? this.decode(metric, samples);
    this.read.set(metric, known);
    return known;
  }

  private decode(metric: Metric, samples: Int32Array): MetricRows {
    const rows = noRows(this.count);
    const section = this.sections[leadingSections + metrics.indexOf(metric)];
    if (!section || section.length === 0) return rows;
    const content = new ByteSource(section);
    const missing = readPredicted(content, this.count);
    let known = 0;
    for (let row = 0; row < this.count; row++) {
      const count = (samples[row] as number) - (missing[row] as number);
      rows.count[row] = count;
      if (count > 0) known += 1;
    }
    const averages = readPredicted(content, known);
    const below = readPredicted(content, known);
    const above = readPredicted(content, known);
    content.end();
    for (let row = 0, next = 0; row < this.count; row++) {
      if ((rows.count[row] as number) <= 0) continue;
      const average = averages[next] as number;
      rows.avg[row] = valueOf(average);
      rows.min[row] = valueOf(average - (below[next] as number));
      rows.max[row] = valueOf(average + (above[next] as number));
      next += 1;
    }
    return rows;
  }

  private whole(index: number): Int32Array {
    const known = this.wholes[index];
    if (known) return known;
    const content = new ByteSource(this.sections[index] ?? new Uint8Array());
    const values = readPredicted(content, this.count);
    content.end();
    this.wholes[index] = values;
    return values;
  }
}

function valueOf(code: number): number {
  if (code < 0 || code > mostCode) throw new RangeError(`it has the code ${code}`);
  return valueOfCode(code);
}
