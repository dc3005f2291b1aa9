import type Database from 'better-sqlite3';
import { metrics, scales, toStored } from '../codec/sample-scale';

const minuteMs = 60_000;
/** Rows in one statement: a third faster than one by one; more do not help. */
const rowsAtOnce = 8;

/** A sample as its row: minute, ms, answered, then the metrics in their order. The edge is still an id. */
export interface SampleRow {
  edgeId: string;
  atMs: number;
  cells: (number | null)[];
}

/** Samples as rows, and the invalid ones: how many, and why the first of them is invalid. */
export interface CheckedSamples {
  rows: SampleRow[];
  refused: { samples: number; words: string } | null;
}

/**
 * Checks and scales what should be samples in one pass. Written by hand: at tens of thousands a second a schema would cost more
 * than writing them. An invalid sample is left out and counted. Throws a TypeError when `samples` is not a list.
 */
export function toSampleRows(samples: unknown): CheckedSamples {
  if (!Array.isArray(samples)) throw new TypeError('samples is not a list');
  const rows: SampleRow[] = [];
  let refusedSamples = 0;
  let words = '';
  for (const sample of samples) {
    try {
      rows.push(toSampleRow(sample));
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      refusedSamples += 1;
      words ||= error.message;
    }
  }
  return { rows, refused: refusedSamples > 0 ? { samples: refusedSamples, words } : null };
}

function toSampleRow(sample: unknown): SampleRow {
  if (typeof sample !== 'object' || sample === null) throw new TypeError('a sample is not an object');
  const record = sample as Record<string, unknown>;
  const { edgeId, atMs, answered } = record;
  if (typeof edgeId !== 'string' || edgeId === '') throw new TypeError('a sample has no edgeId');
  if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs) || atMs < 0) {
    throw new RangeError(`atMs of ${edgeId} is ${String(atMs)}, which is not a time in whole milliseconds`);
  }
  if (typeof answered !== 'boolean') throw new TypeError(`answered of ${edgeId} is neither true nor false`);
  const cells: (number | null)[] = [Math.floor(atMs / minuteMs), atMs % minuteMs, answered ? 1 : 0];
  for (const metric of metrics) {
    const value = record[metric];
    if (value !== null && typeof value !== 'number')
      throw new TypeError(`${metric} of ${edgeId} is not a number`);
    cells.push(toStored(metric, value));
  }
  return { edgeId, atMs, cells };
}

/** Writes samples, and assigns edges their numbers when they are first seen. */
export class SampleWriter {
  private readonly insertOne: Database.Statement<[(number | null)[]]>;
  private readonly insertSome: Database.Statement<[(number | null)[]]>;
  private readonly findEdge: Database.Statement<[string], { number: number }>;
  private readonly addEdge: Database.Statement<[string, number]>;
  private readonly numbers = new Map<string, number>();

  constructor(db: Database.Database) {
    const columns = metrics.map((metric) => scales[metric].column);
    const places = `(?, ?, ?, ?${', ?'.repeat(columns.length)})`;
    // A second sample of the same millisecond (the clock was set back) replaces the first.
    const insert = (rows: number): string =>
      `INSERT OR REPLACE INTO samples (edge, minute, ms, answered, ${columns.join(', ')})
       VALUES ${Array.from({ length: rows }, () => places).join(', ')}`;
    this.insertOne = db.prepare<[(number | null)[]]>(insert(1));
    this.insertSome = db.prepare<[(number | null)[]]>(insert(rowsAtOnce));
    this.findEdge = db.prepare('SELECT number FROM edges WHERE id = ?');
    this.addEdge = db.prepare('INSERT INTO edges (id, first_seen_ms) VALUES (?, ?)');
  }

  write(rows: SampleRow[]): void {
    const whole = rows.length - (rows.length % rowsAtOnce);
    for (let first = 0; first < whole; first += rowsAtOnce) {
      const values: (number | null)[] = [];
      for (let index = first; index < first + rowsAtOnce; index++) this.addValues(values, rows[index]);
      this.insertSome.run(values);
    }
    for (let index = whole; index < rows.length; index++) {
      const values: (number | null)[] = [];
      this.addValues(values, rows[index]);
      this.insertOne.run(values);
    }
  }

  /** Forgets numbers that a rolled-back transaction assigned. */
  forget(): void {
    this.numbers.clear();
  }

  /** The edge's number; assigns a new one when it was never seen before. */
  edgeNumber(edgeId: string, seenMs: number): number {
    const known = this.numbers.get(edgeId) ?? this.findEdge.get(edgeId)?.number;
    const number = known ?? Number(this.addEdge.run(edgeId, seenMs).lastInsertRowid);
    this.numbers.set(edgeId, number);
    return number;
  }

  private addValues(values: (number | null)[], row: SampleRow | undefined): void {
    if (!row) return;
    values.push(this.edgeNumber(row.edgeId, row.atMs));
    for (const cell of row.cells) values.push(cell);
  }
}
