import { ByteSource } from './byte-source';
import type { Chunk } from './chunk-shape';
import { answeredOnly, differs, inRuns, mostRows, withReference } from './chunk-layout';
import { readPredicted } from './predicted-column';
import { mostCode, valueOfCode } from './quantize';
import { sectionOf } from './sample-columns';
import { metrics, type Metric } from './sample-scale';
import { openBody } from './section';

const hourMs = 3_600_000;
const unknown = -1;

/** A chunk as encode-chunk.ts writes it. */
export class ChunkOfVersion2 implements Chunk {
  /** By metric: its codes up to a row; -1 where it is not known. */
  private readonly decoded = new Map<number, Int32Array>();
  private notAnswered: Uint8Array | null = null;

  private constructor(
    readonly hour: number,
    readonly count: number,
    private readonly sections: Uint8Array[],
  ) {}

  static open(body: Uint8Array): ChunkOfVersion2 {
    const { numbers, sections } = openBody(body, 2, 2);
    const [hour = 0, count = 0] = numbers;
    if (count > mostRows) throw new RangeError(`it has ${count} rows`);
    return new ChunkOfVersion2(hour, count, sections);
  }

  timesMs(): Float64Array {
    const content = this.content(0);
    const within = readPredicted(content, this.count);
    content.end();
    const startMs = this.hour * hourMs;
    const times = new Float64Array(this.count);
    for (let row = 0, before = 0; row < this.count; row++) {
      const ms = within[row] as number;
      if (ms < before || ms >= hourMs) throw new RangeError('its times are not in order, or not of its hour');
      times[row] = startMs + ms;
      before = ms;
    }
    return times;
  }

  answered(): Int32Array {
    const unanswered = this.unansweredRows();
    const answered = new Int32Array(this.count);
    for (let row = 0; row < this.count; row++) answered[row] = 1 - (unanswered[row] as number);
    return answered;
  }

  stored(metric: Metric): Float64Array {
    const codes = this.codes(metrics.indexOf(metric), this.count);
    const values = new Float64Array(this.count);
    for (let row = 0; row < this.count; row++) values[row] = storedOf(codes[row] as number);
    return values;
  }

  storedAt(metric: Metric, row: number): number {
    if (row < 0 || row >= this.count) return Number.NaN;
    return storedOf(this.codes(metrics.indexOf(metric), row + 1)[row] as number);
  }

  /** 1 where the poll was not answered. */
  private unansweredRows(): Uint8Array {
    return (this.notAnswered ??= rowsOutside(this.content(1), this.count, null));
  }

  private content(section: number): ByteSource {
    return new ByteSource(this.sections[section] ?? new Uint8Array());
  }

  /** A metric's codes in the first rows. */
  private codes(metric: number, rows: number): Int32Array {
    const known = this.decoded.get(metric);
    if (known && known.length >= rows) return known;
    const codes = this.decode(metric, rows);
    this.decoded.set(metric, codes);
    return codes;
  }

  private decode(metric: number, rows: number): Int32Array {
    const section = this.sections[sectionOf[metrics[metric] as Metric]];
    if (!section || section.length === 0) return new Int32Array(rows).fill(unknown);
    const content = new ByteSource(section);
    const head = content.byte();
    const absent = this.absentRows(head & ~differs, content);
    const reference = (head & differs) === 0 ? null : this.reference(metric, content.varint(), rows);
    const wanted = absent === null ? rows : rows - onesIn(absent, rows);
    const count = absent === null ? this.count : this.count - onesIn(absent, this.count);
    const values = readPredicted(content, count, wanted);
    if (wanted === count) content.end();
    const codes = absent === null ? values : spread(values, absent, rows);
    if (reference !== null) add(codes, reference, absent);
    for (let row = 0; row < rows; row++) {
      const code = codes[row] as number;
      if (code > mostCode || code < (absent?.[row] === 1 ? unknown : 0))
        throw new RangeError(`it has the code ${code}`);
    }
    return codes;
  }

  /** 1 where a metric is not known; null: it is known in all rows. */
  private absentRows(presence: number, content: ByteSource): Uint8Array | null {
    if (presence === 0) return null;
    if (presence === answeredOnly) return this.unansweredRows();
    if (presence !== inRuns) throw new RangeError(`a section begins with ${presence}, which nothing writes`);
    return rowsOutside(content, this.count, content.varint());
  }

  /** The codes from which a metric differs. Only those that themselves differ from nothing are referred to. */
  private reference(metric: number, other: number, rows: number): Int32Array {
    if (withReference[metric] !== other) throw new RangeError(`metric ${metric} refers to ${other}`);
    return this.codes(other, rows);
  }
}

function storedOf(code: number): number {
  return code === unknown ? Number.NaN : valueOfCode(code);
}

/** 1 in every second run of rows. The runs are as many as are given, or all that is left. */
function rowsOutside(content: ByteSource, rows: number, runs: number | null): Uint8Array {
  const outside = new Uint8Array(rows);
  let from = 0;
  let value = 0;
  for (let run = 0; runs === null ? content.position < content.bytes.length : run < runs; run++) {
    const to = from + content.varint();
    // The last run, which is not written, has a row.
    if (to >= rows || (run > 0 && to === from)) throw new RangeError('its runs of rows do not fit');
    outside.fill(value, from, to);
    [from, value] = [to, 1 - value];
  }
  return outside.fill(value, from);
}

function onesIn(rows: Uint8Array, count: number): number {
  let ones = 0;
  for (let row = 0; row < count; row++) ones += rows[row] as number;
  return ones;
}

function spread(values: Int32Array, absent: Uint8Array, rows: number): Int32Array {
  const codes = new Int32Array(rows);
  let next = 0;
  for (let row = 0; row < rows; row++) codes[row] = absent[row] === 1 ? unknown : (values[next++] as number);
  return codes;
}

/** Adds to each known code the last known one of another metric. */
function add(codes: Int32Array, other: Int32Array, absent: Uint8Array | null): void {
  let last = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = other[row] as number;
    if (code !== unknown) last = code;
    if (absent === null || absent[row] === 0) codes[row] = (codes[row] as number) + last;
  }
}
