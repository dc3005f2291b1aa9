import type { ByteSink } from './byte-sink';
import { writePredicted } from './predicted-column';
import { quantizedCode } from './quantize';
import { leadingCells, type SampleCells } from './sample-columns';
import { metrics } from './sample-scale';
import { BodyWriter } from './section';
import { answeredOnly, differs, inRuns, mostRows, withReference } from './chunk-layout';

export const chunkVersion = 2;

/**
 * One edge's samples of one hour as a chunk's body. Rows come in the order of their times, at most 2^20 of them, cells as
 * whole numbers >= 0 in the columns' own units.
 *
 *   version 2, hour, rows, sections: [times] [answered] [one a metric]
 *
 * times are milliseconds within the hour, a predicted column (predicted-column.ts). answered are runs of rows, answered and not answered in
 * turn, as varints without the last; empty: all were answered. A metric's section begins with a byte that says which rows have a value: 0 all,
 * 1 those that were answered, 2 the runs that follow (rows with and without a value in turn, their count before them). With 4, the number of another
 * metric comes next: the column has the differences from that one's codes, each from the last known one up to its row, 0 before the first. Then
 * comes the column of the codes (quantize.ts) of the rows that have a value. A metric that was never known has an empty section.
 */
export function encodeChunk(hour: number, rows: readonly SampleCells[]): Buffer {
  if (rows.length > mostRows) throw new RangeError(`an hour of ${rows.length} samples`);
  const column = columnOf(rows.length);
  writeTimes(column, rows);
  writeAnswered(rows);
  const answered = rows.map((row) => row[1] === 1);
  for (let metric = 0; metric < metrics.length; metric++) writeMetric(column, rows, answered, metric);
  return writer.finish(chunkVersion, [hour, rows.length]);
}

// Reused for each chunk: millions of them are encoded one after another.
const writer = new BodyWriter();
let scratch = new Int32Array(4096);

function columnOf(rows: number): Int32Array {
  if (scratch.length < rows) scratch = new Int32Array(2 * rows);
  return scratch;
}

/** Most polls come at one interval, which is the slope of the column. */
function writeTimes(column: Int32Array, rows: readonly SampleCells[]): void {
  for (let row = 0; row < rows.length; row++) column[row] = cellOf(rows, row, 0) ?? 0;
  const steps = Array.from({ length: Math.max(0, rows.length - 1) }, (_, row) =>
    Math.max(0, (column[row + 1] as number) - (column[row] as number)),
  );
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const slope = usual * rows.length < 3_600_000 + usual ? usual : 0;
  writePredicted(writer.begin(), column, rows.length, slope);
  writer.end();
}

function writeAnswered(rows: readonly SampleCells[]): void {
  const runs = runsOf(rows.length, (row) => rows[row]?.[1] === 1);
  if (runs.length === 0) writer.skip();
  else {
    const sink = writer.begin();
    for (const run of runs) sink.varint(run);
    writer.end();
  }
}

function writeMetric(
  column: Int32Array,
  rows: readonly SampleCells[],
  answered: readonly boolean[],
  metric: number,
): void {
  const cell = leadingCells + metric;
  let count = 0;
  let likeAnswered = true;
  for (let row = 0; row < rows.length; row++) {
    const value = cellOf(rows, row, cell);
    if (value !== null) column[count++] = quantizedCode(value);
    if ((value !== null) !== answered[row]) likeAnswered = false;
  }
  if (count === 0) {
    writer.skip();
    return;
  }
  const runs =
    count === rows.length || likeAnswered
      ? []
      : runsOf(rows.length, (row) => cellOf(rows, row, cell) !== null);
  const presence = count === rows.length ? 0 : likeAnswered ? answeredOnly : inRuns;
  const alone = writer.begin();
  writeHead(alone, presence, runs, null);
  writePredicted(alone, column, count);
  const reference = withReference[metric] ?? null;
  if (reference !== null && subtract(column, rows, cell, reference))
    writer.alternative((other) => {
      writeHead(other, presence, runs, reference);
      writePredicted(other, column, count);
    });
  writer.end();
}

function writeHead(
  sink: ByteSink,
  presence: number,
  runs: readonly number[],
  reference: number | null,
): void {
  sink.byte(presence | (reference === null ? 0 : differs));
  if (presence === inRuns) {
    sink.varint(runs.length);
    for (const run of runs) sink.varint(run);
  }
  if (reference !== null) sink.varint(reference);
}

/** Takes from each code of a column that of another metric. Answers whether the other one is known at all. */
function subtract(
  column: Int32Array,
  rows: readonly SampleCells[],
  cell: number,
  reference: number,
): boolean {
  let other = 0;
  let count = 0;
  let isKnown = false;
  for (let row = 0; row < rows.length; row++) {
    const value = cellOf(rows, row, leadingCells + reference);
    if (value !== null) [other, isKnown] = [quantizedCode(value), true];
    if (cellOf(rows, row, cell) !== null) {
      column[count] = (column[count] as number) - other;
      count += 1;
    }
  }
  return isKnown;
}

/** The lengths of runs of rows, those for which it is true first, without the last run; none where it is true of all. */
function runsOf(rows: number, isTrue: (row: number) => boolean): number[] {
  const runs: number[] = [];
  let from = 0;
  let now = true;
  for (let row = 0; row < rows; row++) {
    if (isTrue(row) === now) continue;
    runs.push(row - from);
    [from, now] = [row, !now];
  }
  return runs;
}

function cellOf(rows: readonly SampleCells[], row: number, cell: number): number | null {
  return rows[row]?.[cell] ?? null;
}
