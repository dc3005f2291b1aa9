import { readColumn, stepsOf } from './column';
import { openBody, openSection } from './section';
import { valueOfCode } from './quantize';
import type { Metric } from './sample-scale';
import { chunkVersion, someAbsent } from './encode-chunk';
import { sectionOf } from './sample-columns';

const hourMs = 3_600_000;

/**
 * One edge's samples of one hour, read from a chunk's body (encode-chunk.ts). Only the requested parts are decoded. Throws a
 * RangeError, or zlib's own error, where the body is not what Heron wrote.
 */
export class Chunk {
  private constructor(
    /** UTC milliseconds / 3,600,000. */
    readonly hour: number,
    /** How many samples. */
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): Chunk {
    const { numbers, sections } = openBody(body, chunkVersion, 2);
    return new Chunk(numbers[0] ?? 0, numbers[1] ?? 0, sections);
  }

  /** The time of each sample, UTC milliseconds, ascending. */
  timesMs(): Float64Array {
    const startMs = this.hour * hourMs;
    const times = new Float64Array(this.plain(0));
    for (let row = 0; row < times.length; row++) times[row] = startMs + (times[row] as number);
    return times;
  }

  /** 1 where the poll was answered, else 0. */
  answered(): Int32Array {
    return this.plain(1);
  }

  /** A metric's stored whole numbers (`fromStored` has its units); NaN where it is not known. */
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

  /** A metric's stored whole number in one row; NaN where it is not known. The rows after it are not decoded. */
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
