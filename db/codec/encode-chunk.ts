import { bestSteps, writeColumn } from './column';
import { BodyWriter } from './section';
import { quantizedCode } from './quantize';
import { metrics } from './sample-scale';
import { leadingCells, type SampleCells } from './sample-columns';

export const chunkVersion = 1;
/** Flag of a section: a bitmap of the rows that have a value stands before the values. */
export const someAbsent = 8;

/**
 * One edge's samples of one hour as a chunk's body. Rows come in the order of their times, at most 2^20 of them, cells as
 * whole numbers >= 0 in the columns' own units.
 *
 *   version 1, hour, rows, sections: [times] [answered] [one a metric]
 *
 * times are milliseconds within the hour; answered is 0 or 1; a metric's values are codes of quantized values (quantize.ts). A
 * section's flags: bits 0 and 1 how the column is written (column.ts), 4 deflated, 8 a bitmap goes before the values, a bit
 * a row, lowest first, 1 where there is a value. A metric that was never known has an empty section.
 */
export function encodeChunk(hour: number, rows: readonly SampleCells[]): Buffer {
  const column = columnOf(rows.length);
  writePlain(column, rows, 0);
  writePlain(column, rows, 1);
  for (let metric = 0; metric < metrics.length; metric++) writeMetric(column, rows, leadingCells + metric);
  return writer.finish(chunkVersion, [hour, rows.length]);
}

// Reused for each chunk: millions of them are encoded one after another.
const writer = new BodyWriter();
let scratch = new Int32Array(4096);

function columnOf(rows: number): Int32Array {
  if (scratch.length < rows) scratch = new Int32Array(2 * rows);
  return scratch;
}

function writePlain(column: Int32Array, rows: readonly SampleCells[], cell: number): void {
  for (let index = 0; index < rows.length; index++) column[index] = (rows[index] as SampleCells)[cell] ?? 0;
  const steps = bestSteps(column, rows.length);
  writeColumn(writer.begin(), column, rows.length, steps);
  writer.end(steps);
}

function writeMetric(column: Int32Array, rows: readonly SampleCells[], cell: number): void {
  let count = 0;
  for (let index = 0; index < rows.length; index++) {
    const value = (rows[index] as SampleCells)[cell];
    if (typeof value === 'number') column[count++] = quantizedCode(value);
  }
  if (count === 0) {
    writer.skip();
    return;
  }
  const sink = writer.begin();
  const absent = count < rows.length;
  if (absent) {
    for (let first = 0; first < rows.length; first += 8) {
      let bits = 0;
      for (let bit = 0; bit < 8; bit++) if (typeof rows[first + bit]?.[cell] === 'number') bits |= 1 << bit;
      sink.byte(bits);
    }
  }
  const steps = bestSteps(column, count);
  writeColumn(sink, column, count, steps);
  writer.end(steps | (absent ? someAbsent : 0));
}
