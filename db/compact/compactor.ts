import type Database from 'better-sqlite3';
import { levels } from '../codec/encode-rollup';
import { DueSealings } from './due-compactions';
import { HourSealer } from './hour-compactor';
import { LargerSealer } from './rollup-compactor';
import { beginSealing, findOpenSealing, finishSealing, type OpenSealing } from './open-compaction';
import { SealedRows } from './compacted-rows';

/** How long a step may take, about: a commit that comes meanwhile waits for it. */
const stepMs = 6;
const mostEdges = 16;

/**
 * Seals finished hours, days and months in steps of a few milliseconds, each a transaction of its own: samples go in the
 * same transaction in which their chunk comes, so that a reader sees them exactly once at any time. A sealing that was
 * interrupted goes on where it was.
 */
export class Sealer {
  private readonly due: DueSealings;
  private readonly hours: HourSealer;
  private readonly larger: LargerSealer;
  private open: OpenSealing | null;
  private edges = 1;

  constructor(private readonly db: Database.Database) {
    const sealed = new SealedRows(db);
    this.hours = new HourSealer(db, sealed);
    this.larger = new LargerSealer(db, sealed);
    this.due = new DueSealings(db);
    this.open = findOpenSealing(db);
  }

  /** Does the next piece, when something is to be sealed. True: there is more to do. Not inside a transaction. */
  step(nowMs: number): boolean {
    this.open ??= this.begin(nowMs);
    const open = this.open;
    if (open === null) return false;
    const afterEdge = this.db
      .transaction(() => {
        const last = this.sealSome(open);
        if (last === null) finishSealing(this.db, open.id, nowMs);
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

  private begin(nowMs: number): OpenSealing | null {
    const due = this.due.next(nowMs);
    return due && this.db.transaction(() => beginSealing(this.db, due, nowMs)).immediate();
  }

  /** Seals a few edges. The last one's number; null when none was left. */
  private sealSome(open: OpenSealing): number | null {
    const startMs = performance.now();
    if (open.level === levels.minutesOfHour) {
      const last = this.hours.sealNext(open, this.edges);
      const tookMs = performance.now() - startMs;
      this.edges = Math.max(1, Math.min(mostEdges, Math.round((this.edges * stepMs) / Math.max(tookMs, 1))));
      return last;
    }
    let last = this.larger.sealNext(open);
    while (last !== null && performance.now() - startMs < stepMs) {
      const next = this.larger.sealNext({ ...open, afterEdge: last });
      if (next === null) break;
      last = next;
    }
    return last;
  }
}
