import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { SealBody } from './ledger-entry';
import { sampleLine } from './sealed-tables';

export type MinuteDigests = NonNullable<NonNullable<SealBody['closing']>['samples']>;

/** Digests the hot samples minute by minute; null when there are more than `most`. */
export function digestHotSamples(db: Database.Database, most: number): MinuteDigests | null {
  const rows = db
    .prepare<[], [minute: number, line: string]>(
      `SELECT minute, ${sampleLine} FROM samples ORDER BY minute, edge, ms`,
    )
    .raw();
  const minutes: MinuteDigests = [];
  let open = { minute: -1, count: 0, hash: createHash('sha256') };
  let total = 0;
  const finish = (): void => {
    if (open.count > 0)
      minutes.push({ minute: open.minute, count: open.count, sha256: open.hash.digest('hex') });
  };
  for (const [minute, line] of rows.iterate()) {
    if (minute !== open.minute) {
      finish();
      open = { minute, count: 0, hash: createHash('sha256') };
    }
    open.hash.update(`${line}\n`, 'utf8');
    open.count += 1;
    total += 1;
    if (total > most) return null;
  }
  finish();
  return minutes;
}
