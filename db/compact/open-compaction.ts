import type Database from 'better-sqlite3';
import type { Level } from '../codec/encode-rollup';

/** A compaction in progress: a row of `sealings` (the table's name is older than this word). */
export interface OpenCompaction {
  id: number;
  level: Level;
  /** The hour, day or month, counted from 1970-01-01 UTC. */
  period: number;
  /** Edges up to this number are done. */
  afterEdge: number;
}

/** The compaction that an earlier run left unfinished; null: none. */
export function findOpenCompaction(db: Database.Database): OpenCompaction | null {
  const open = db
    .prepare<[], Omit<OpenCompaction, 'afterEdge'>>(
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

export function beginCompaction(
  db: Database.Database,
  due: Pick<OpenCompaction, 'level' | 'period'>,
  nowMs: number,
): OpenCompaction {
  const { lastInsertRowid } = db
    .prepare('INSERT INTO sealings (level, period, begun_ms) VALUES (?, ?, ?)')
    .run(due.level, due.period, nowMs);
  return { ...due, id: Number(lastInsertRowid), afterEdge: 0 };
}

export function finishCompaction(db: Database.Database, id: number, nowMs: number): void {
  db.prepare('UPDATE sealings SET finished_ms = ? WHERE id = ?').run(nowMs, id);
}
