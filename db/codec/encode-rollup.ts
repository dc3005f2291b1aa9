import { writePredicted } from './predicted-column';
import { quantizedCode } from './quantize';
import type { MetricSums, RollupTable } from './rollup-table';
import { BodyWriter } from './section';

export const rollupVersion = 2;

/** The levels of rollups, by what one row is and what one body spans. */
export const levels = { minutesOfHour: 1, hoursOfDay: 2, hoursOfMonth: 3 } as const;
export type Level = (typeof levels)[keyof typeof levels];

/**
 * One edge's rollup as a body.
 *
 *   version 2, level, period, rows, sections: [row numbers] [samples] [not answered] [one a metric]
 *
 * A row number is the minute of the hour, or the hour of the day or month; rows without a sample are left out. The first three sections
 * are predicted columns (predicted-column.ts). A metric's section has four of them, one after the other: samples without a value in each row; then for
 * the rows that have a value the code of the average, how far below it the minimum's code is, and how far above it the maximum's. A metric
 * that was never known has an empty section.
 */
export function encodeRollup(level: Level, period: number, table: RollupTable): Buffer {
  const used = rowsOf(table);
  const column = new Int32Array(used.length);
  writeWhole(column, used, 1);
  for (const polls of [table.samples, table.unanswered]) {
    writeWhole(
      column,
      used.map((row) => polls[row] ?? 0),
      0,
    );
  }
  for (const sums of table.sums) writeMetric(column, used, table, sums);
  return writer.finish(rollupVersion, [level, period, used.length]);
}

const writer = new BodyWriter();

function rowsOf(table: RollupTable): number[] {
  const used: number[] = [];
  for (let row = 0; row < table.rows; row++) if (table.samples[row]) used.push(row);
  return used;
}

function writeWhole(column: Int32Array, values: number[], slope: number): void {
  if (values.length === 0) {
    writer.skip();
    return;
  }
  column.set(values);
  writePredicted(writer.begin(), column, values.length, slope);
  writer.end();
}

function writeMetric(column: Int32Array, used: number[], table: RollupTable, sums: MetricSums): void {
  const known = used.filter((row) => (sums.count[row] ?? 0) > 0);
  if (known.length === 0) {
    writer.skip();
    return;
  }
  const sink = writer.begin();
  used.forEach((row, index) => (column[index] = (table.samples[row] ?? 0) - (sums.count[row] ?? 0)));
  writePredicted(sink, column, used.length);
  const averages = known.map((row) =>
    quantizedCode(Math.round((sums.sum[row] ?? 0) / (sums.count[row] ?? 1))),
  );
  column.set(averages);
  writePredicted(sink, column, known.length);
  known.forEach((row, index) => (column[index] = (averages[index] ?? 0) - quantizedCode(sums.min[row] ?? 0)));
  writePredicted(sink, column, known.length);
  known.forEach((row, index) => (column[index] = quantizedCode(sums.max[row] ?? 0) - (averages[index] ?? 0)));
  writePredicted(sink, column, known.length);
  writer.end();
}
