import type Database from 'better-sqlite3';
import { encodeChunk } from '../codec/encode-chunk';
import { leadingCells, type SampleCells } from '../codec/sample-columns';
import { encodeRollup } from '../codec/encode-rollup';
import { RollupTable } from '../codec/rollup-table';
import { metrics, scales } from '../codec/sample-scale';
import type { OpenCompaction } from './open-compaction';
import type { CompactedRows } from './compacted-rows';

const minutesPerHour = 60;
const minuteMs = 60_000;
const edgeCell = leadingCells + metrics.length;

/**
 * Turns an hour's samples into chunks and minute rollups, some edges at a time. `samples` is ordered by minute and then edge,
 * so each of the hour's 60 minutes is read separately: rows of neighbouring edges are on the same pages.
 */
export class HourCompactor {
  private readonly nextEdge: Database.Statement<[number, number], number>;
  private readonly read: Database.Statement<[number, number, number], number[]>;
  private readonly remove: Database.Statement<[number, number, number]>;
  private readonly minutes = new RollupTable(minutesPerHour);

  constructor(
    db: Database.Database,
    private readonly compacted: CompactedRows,
  ) {
    const columns = metrics.map((metric) => scales[metric].column).join(', ');
    this.nextEdge = db
      .prepare<[number, number], number>(
        'SELECT edge FROM samples WHERE minute = ? AND edge > ? ORDER BY edge LIMIT 1',
      )
      .pluck();
    this.read = db
      .prepare<[number, number, number], number[]>(
        `SELECT minute % ${minutesPerHour} * ${minuteMs} + ms, answered, ${columns}, edge FROM samples
         WHERE minute = ? AND edge BETWEEN ? AND ? ORDER BY edge, ms`,
      )
      .raw();
    this.remove = db.prepare('DELETE FROM samples WHERE minute = ? AND edge BETWEEN ? AND ?');
  }

  /** Compacts the next edges, at most `edges`. Returns the last one's number; null when none is left. Inside a transaction. */
  compactNext(compaction: OpenCompaction, edges: number): number | null {
    const first = this.firstEdgeAfter(compaction);
    if (first === null) return null;
    const last = first + edges - 1;
    const rowsByEdge = new Map<number, number[][]>();
    this.eachMinute(compaction.period, (minute) => {
      for (const row of this.read.all(minute, first, last)) {
        const edge = row[edgeCell] ?? 0;
        const rows = rowsByEdge.get(edge);
        if (rows) rows.push(row);
        else rowsByEdge.set(edge, [row]);
      }
      this.remove.run(minute, first, last);
    });
    for (const edge of [...rowsByEdge.keys()].sort((a, b) => a - b)) {
      this.compactEdge(compaction, edge, rowsByEdge.get(edge) ?? []);
    }
    return last;
  }

  private firstEdgeAfter({ period, afterEdge }: OpenCompaction): number | null {
    let first: number | null = null;
    this.eachMinute(period, (minute) => {
      const edge = this.nextEdge.get(minute, afterEdge);
      if (edge !== undefined && (first === null || edge < first)) first = edge;
    });
    return first;
  }

  private compactEdge(compaction: OpenCompaction, edge: number, rows: SampleCells[]): void {
    this.minutes.clear();
    for (const cells of rows) this.minutes.add(Math.floor((cells[0] ?? 0) / minuteMs), cells);
    this.compacted.chunk(compaction, edge, rows.length, encodeChunk(compaction.period, rows));
    this.compacted.rollup(compaction, edge, encodeRollup(compaction.level, compaction.period, this.minutes));
  }

  private eachMinute(hour: number, visit: (minute: number) => void): void {
    for (let index = 0; index < minutesPerHour; index++) visit(hour * minutesPerHour + index);
  }
}
