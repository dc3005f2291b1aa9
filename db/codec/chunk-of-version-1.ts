import { readColumn, stepsOf } from './column';
import { openBody, openSection } from './section';
import { valueOfCode } from './quantize';
import type { Metric } from './sample-scale';
import type { Chunk } from './chunk-shape';
import { mostRows } from './chunk-layout';
import { sectionOf } from './sample-columns';

const hourMs = 3_600_000;
/** Flag of a section: a bitmap of the rows that have a value stands before the values. */
const someAbsent = 8;

/**
 * A chunk as Heron wrote it up to file version 5.
 *
 *   version 1, hour, rows, sections: [times] [answered] [one a metric]
 *
 * times are milliseconds within the hour; answered is 0 or 1; a metric's values are codes of quantized values (quantize.ts). A
 * section's flags: bits 0 and 1 how the column is written (column.ts), 4 deflated, 8 a bitmap goes before the values, a bit
 * a row, lowest first, 1 where there is a value. A metric that was never known has an empty section.
 */
export class ChunkOfVersion1 implements Chunk {
  private constructor(
    readonly hour: number,
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): ChunkOfVersion1 {
    const { numbers, sections } = openBody(body, 1, 2);
    const [hour = 0, count = 0] = numbers;
    if (count > mostRows) throw new RangeError(`it has ${count} rows`);
    return new ChunkOfVersion1(hour, count, sections);
  }

  timesMs(): Float64Array {
    const startMs = this.hour * hourMs;
    const times = new Float64Array(this.plain(0));
    for (let row = 0; row < times.length; row++) times[row] = startMs + (times[row] as number);
    return times;
  }

  answered(): Int32Array {
    return this.plain(1);
  }

  stored(metric: Metric): Float64Array {
    const values = new Float64Array(this.count).fill(Number.NaN);
    const section = this.sections[sectionOf[metric]];
    if (!section || section.length === 0) return values;
    const { flags, content } = openSection(section);
    const present = (flags & someAbsent) === 0 ? null : content.take(Math.ceil(this.count / 8));
    const codes = readColumn(content, present ? onesOf(present) : this.count, stepsOf(flags & ~someAbsent));
    content.end();
    let next = 0;
    for (let row = 0; row < this.count; row++) {
      const there = present === null || (((present[row >> 3] as number) >> (row & 7)) & 1) === 1;
      if (there) values[row] = valueOfCode(codes[next++] as number);
    }
    return values;
  }

  storedAt(metric: Metric, row: number): number {
    const section = this.sections[sectionOf[metric]];
    if (!section || section.length === 0 || row < 0 || row >= this.count) return Number.NaN;
    const { flags, content } = openSection(section);
    let place = row;
    if ((flags & someAbsent) !== 0) {
      const present = content.take(Math.ceil(this.count / 8));
      const bit = 1 << (row & 7);
      const byte = present[row >> 3] as number;
      if ((byte & bit) === 0) return Number.NaN;
      place = onesOf(present.subarray(0, row >> 3)) + onesOf(Uint8Array.of(byte & (bit - 1)));
    }
    const codes = readColumn(content, place + 1, stepsOf(flags & ~someAbsent));
    return valueOfCode(codes[place] as number);
  }

  private plain(index: number): Int32Array {
    const { flags, content } = openSection(this.sections[index] ?? new Uint8Array());
    const values = readColumn(content, this.count, stepsOf(flags));
    content.end();
    return values;
  }
}

function onesOf(bitmap: Uint8Array): number {
  let ones = 0;
  for (const byte of bitmap) for (let bits = byte; bits > 0; bits &= bits - 1) ones += 1;
  return ones;
}
