import Database from 'better-sqlite3';
import type { SampleCells } from '../../../db/codec/sample-columns';
import { openChunkBody } from '../../../db/codec/chunk';
import { metrics, scales } from '../../../db/codec/sample-scale';
import { toSampleRows } from '../../../db/write/sample-writer';
import { DemoSamples } from '../../fixtures/history/demo-samples';
import { hourMs } from '../history/fleet';

/** Hours of single edges, as the compactor gets them. */
export type Hour = SampleCells[];

/** The demo fleet's hours, by its own traffic, election and machines. */
export function demoHours(hours: number, intervalMs: number): Hour[] {
  const startMs = Date.UTC(2026, 10, 2);
  const fleet = new DemoSamples({ seed: 1, clusters: 4, startMs, intervalMs });
  const found = new Map<string, SampleCells[]>();
  for (let fromMs = startMs; fromMs < startMs + hours * hourMs; fromMs += intervalMs) {
    for (const { edgeId, atMs, cells } of toSampleRows(fleet.round(fromMs)).rows) {
      const key = `${edgeId} ${Math.floor(atMs / hourMs)}`;
      const hour = found.get(key) ?? [];
      found.set(key, hour);
      hour.push([atMs % hourMs, ...cells.slice(2)]);
    }
  }
  return [...found.values()];
}

/** The hours of a history that was recorded: chunks, and samples that were not compacted. */
export function recordedHours(file: string): Hour[] {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const columns = metrics.map((metric) => scales[metric].column).join(', ');
    const rows = db
      .prepare<[], number[]>(
        `SELECT edge, minute / 60, minute % 60 * 60000 + ms, answered, ${columns} FROM samples ORDER BY edge, minute, ms`,
      )
      .raw()
      .all();
    const loose = new Map<string, SampleCells[]>();
    for (const [edge, hour, ...cells] of rows) {
      const key = `${edge} ${hour}`;
      const known = loose.get(key);
      if (known) known.push(cells);
      else loose.set(key, [cells]);
    }
    const bodies = db.prepare<[], Buffer>('SELECT body FROM chunks ORDER BY edge, hour').pluck().all();
    return [...bodies.map(hourOfChunk), ...loose.values()];
  } finally {
    db.close();
  }
}

function hourOfChunk(body: Buffer): Hour {
  const chunk = openChunkBody(body);
  const answered = chunk.answered();
  const values = metrics.map((metric) => chunk.stored(metric));
  return Array.from(chunk.timesMs(), (atMs, row) => [
    atMs % hourMs,
    answered[row] ?? 0,
    ...values.map((column) => (Number.isNaN(column[row]) ? null : (column[row] ?? null))),
  ]);
}
