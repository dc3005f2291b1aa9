import type Database from 'better-sqlite3';
import type { Level } from '../codec/encode-rollup';

/** One act of sealing that is under way: a row of `sealings`. */
export interface OpenSealing {
  id: number;
  level: Level;
  /** The hour, day or month, counted from 1970-01-01 UTC. */
  period: number;
  /** Edges up to this number are done. */
  afterEdge: number;
}

/** The sealing that an earlier run left under way; null: none. */
export function findOpenSealing(db: Database.Database): OpenSealing | null {
  const open = db
    .prepare<[], Omit<OpenSealing, 'afterEdge'>>(
      'SELECT id, level, period FROM sealings WHERE finished_ms IS NULL',
    )
    .get();
  if (!open) return null;
  const afterEdge = db
    .prepare<[number, number, number], number>(
      'SELECT coalesce(max(edge), 0) FROM rollups WHERE level = ? AND period = ? AND sealing = ?',
    )
    .pluck()
    .get(open.level, open.period, open.id);
  return { ...open, afterEdge: afterEdge ?? 0 };
}

export function beginSealing(
  db: Database.Database,
  due: Pick<OpenSealing, 'level' | 'period'>,
  nowMs: number,
): OpenSealing {
  const { lastInsertRowid } = db
    .prepare('INSERT INTO sealings (level, period, begun_ms) VALUES (?, ?, ?)')
    .run(due.level, due.period, nowMs);
  return { ...due, id: Number(lastInsertRowid), afterEdge: 0 };
}

export function finishSealing(db: Database.Database, id: number, nowMs: number): void {
  db.prepare('UPDATE sealings SET finished_ms = ? WHERE id = ?').run(nowMs, id);
}
