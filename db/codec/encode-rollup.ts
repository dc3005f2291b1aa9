import { bestSteps, writeColumn, type Steps } from './column';
import { BodyWriter } from './section';
import { quantizedCode } from './quantize';
import type { MetricSums, RollupTable } from './rollup-table';

export const rollupVersion = 1;

/** The levels of rollups, by what one row is and what one body spans. */
export const levels = { minutesOfHour: 1, hoursOfDay: 2, hoursOfMonth: 3 } as const;
export type Level = (typeof levels)[keyof typeof levels];

/**
 * One edge's rollup as a body.
 *
 *   version 1, level, period, rows, sections: [row numbers] [samples] [not answered] [one a metric]
 *
 * A row number is the minute of the hour, or the hour of the day or month; rows without a sample are left out. Each section's
 * flags: bits 0 and 1 how its column is written (column.ts), 4 deflated. A metric's section has four columns one after
 * the other: samples without a value (as they are, all rows); then for the rows that have a value the code of the average
 * (as the flags say), how far below it the minimum's code is, and how far above it the maximum's (both as they are). A metric
 * that was never known has an empty section.
 */
export function encodeRollup(level: Level, period: number, table: RollupTable): Buffer {
  const used = rowsOf(table);
  const column = new Int32Array(used.length);
  writeWhole(column, used);
  for (const polls of [table.samples, table.unanswered]) {
    const values = used.map((row) => polls[row] ?? 0);
    writeWhole(column, values);
  }
  for (const sums of table.sums) writeMetric(column, used, table, sums);
  return writer.finish(rollupVersion, [level, period, used.length]);
}

const writer = new BodyWriter();
const asTheyAre: Steps = 0;

function rowsOf(table: RollupTable): number[] {
  const used: number[] = [];
  for (let row = 0; row < table.rows; row++) if (table.samples[row]) used.push(row);
  return used;
}

function writeWhole(column: Int32Array, values: number[]): void {
  column.set(values);
  const steps = bestSteps(column, values.length);
  writeColumn(writer.begin(), column, values.length, steps);
  writer.end(steps);
}

function writeMetric(column: Int32Array, used: number[], table: RollupTable, sums: MetricSums): void {
  const known = used.filter((row) => (sums.count[row] ?? 0) > 0);
  if (known.length === 0) {
    writer.skip();
    return;
  }
  const sink = writer.begin();
  used.forEach((row, index) => (column[index] = (table.samples[row] ?? 0) - (sums.count[row] ?? 0)));
  writeColumn(sink, column, used.length, asTheyAre);
  const averages = known.map((row) =>
    quantizedCode(Math.round((sums.sum[row] ?? 0) / (sums.count[row] ?? 1))),
  );
  column.set(averages);
  const steps = bestSteps(column, known.length);
  writeColumn(sink, column, known.length, steps);
  known.forEach((row, index) => (column[index] = (averages[index] ?? 0) - quantizedCode(sums.min[row] ?? 0)));
  writeColumn(sink, column, known.length, asTheyAre);
  known.forEach((row, index) => (column[index] = quantizedCode(sums.max[row] ?? 0) - (averages[index] ?? 0)));
  writeColumn(sink, column, known.length, asTheyAre);
  writer.end(steps);
}
