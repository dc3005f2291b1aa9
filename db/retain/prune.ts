import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { LedgerWriter } from '../chain/ledger-writer';
import { chunkLine, rollupLine } from '../chain/sealed-tables';

/** Chunks or rollups of one period to remove. `level` is 0 for chunks. */
export interface PruneRequest {
  table: 'chunks' | 'rollups';
  level: number;
  period: number;
  /** The reason in the ledger: "minutes are kept for 400 days". */
  why: string;
}

/**
 * Removes the rows of one period, and records their number and the digest of their lines in the ledger. Returns the number; of 0
 * nothing is recorded. Inside a transaction. Only what a ledger seal covers may be removed; see `isSealed`.
 */
export function prunePeriod(
  db: Database.Database,
  ledger: LedgerWriter,
  { table, level, period, why }: PruneRequest,
  nowMs: number,
): number {
  const where = table === 'chunks' ? 'hour = ? AND ? = 0' : 'period = ? AND level = ?';
  const line = table === 'chunks' ? chunkLine : rollupLine;
  const lines = db
    .prepare<[number, number], string>(`SELECT ${line} FROM ${table} WHERE ${where} ORDER BY edge, sealing`)
    .pluck();
  const hash = createHash('sha256');
  let count = 0;
  for (const text of lines.iterate(period, level)) {
    hash.update(`${text}\n`, 'utf8');
    count += 1;
  }
  if (count === 0) return 0;
  db.prepare<[number, number]>(`DELETE FROM ${table} WHERE ${where}`).run(period, level);
  const body = { table, level, fromPeriod: period, toPeriod: period, count, sha256: hash.digest('hex'), why };
  ledger.append(nowMs, { kind: 'prune', body });
  return count;
}

/** Whether the ledger covers every compaction of a period: then its rows may be pruned. */
export function isSealed(
  db: Database.Database,
  level: number,
  period: number,
  throughSealing: number,
): boolean {
  const open = db
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM sealings WHERE level = ? AND period = ? AND (id > ? OR finished_ms IS NULL)',
    )
    .pluck();
  return open.get(level, period, throughSealing) === 0;
}
