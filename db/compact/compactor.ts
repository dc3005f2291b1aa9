import type Database from 'better-sqlite3';
import { levels } from '../codec/encode-rollup';
import { DueCompactions } from './due-compactions';
import { HourCompactor } from './hour-compactor';
import { RollupCompactor } from './rollup-compactor';
import {
  beginCompaction,
  findOpenCompaction,
  finishCompaction,
  type OpenCompaction,
} from './open-compaction';
import { CompactedRows } from './compacted-rows';

/** Target duration of a step: a commit that arrives meanwhile waits for it. */
const stepMs = 6;
const mostEdges = 16;

/**
 * Compacts finished hours, days and months in steps of a few milliseconds, each in its own transaction: samples are deleted
 * in the transaction that inserts their chunk, so a reader sees them exactly once at any time. An interrupted compaction
 * continues where it stopped.
 */
export class Compactor {
  private readonly due: DueCompactions;
  private readonly hours: HourCompactor;
  private readonly larger: RollupCompactor;
  private open: OpenCompaction | null;
  private edges = 1;

  constructor(private readonly db: Database.Database) {
    const compacted = new CompactedRows(db);
    this.hours = new HourCompactor(db, compacted);
    this.larger = new RollupCompactor(db, compacted);
    this.due = new DueCompactions(db);
    this.open = findOpenCompaction(db);
  }

  /**
   * Does the next step of what is due at `dueMs`, and dates it `nowMs`. True: there is more to do. Not inside a transaction.
   */
  step(nowMs: number, dueMs = nowMs): boolean {
    this.open ??= this.begin(nowMs, dueMs);
    const open = this.open;
    if (open === null) return false;
    const afterEdge = this.db
      .transaction(() => {
        const last = this.compactSome(open);
        if (last === null) finishCompaction(this.db, open.id, nowMs);
        return last;
      })
      .immediate();
    if (afterEdge === null) {
      this.open = null;
      this.due.finished(open.level, open.period);
    } else {
      this.open = { ...open, afterEdge };
    }
    return true;
  }

  private begin(nowMs: number, dueMs: number): OpenCompaction | null {
    const due = this.due.next(dueMs);
    return due && this.db.transaction(() => beginCompaction(this.db, due, nowMs)).immediate();
  }

  /** Compacts a few edges. The last one's number; null when none was left. */
  private compactSome(open: OpenCompaction): number | null {
    const startMs = performance.now();
    if (open.level === levels.minutesOfHour) {
      const last = this.hours.compactNext(open, this.edges);
      const tookMs = performance.now() - startMs;
      this.edges = Math.max(1, Math.min(mostEdges, Math.round((this.edges * stepMs) / Math.max(tookMs, 1))));
      return last;
    }
    let last = this.larger.compactNext(open);
    while (last !== null && performance.now() - startMs < stepMs) {
      const next = this.larger.compactNext({ ...open, afterEdge: last });
      if (next === null) break;
      last = next;
    }
    return last;
  }
}
