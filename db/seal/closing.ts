import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { Closing } from '../chain/ledger-entry';
import { SealDraft, type Sealing } from './seal-draft';
import { sampleLine, sealedTables } from '../chain/sealed-tables';

type MinuteDigests = NonNullable<Closing['samples']>;

/** Hot samples digested at most when closing: they take half a second. */
const mostSamples = 250_000;

/** The part that only the seal at the end of a run covers. */
export function closingOf(db: Database.Database): Closing {
  const sealing = db
    .prepare<[], Sealing & { line: string }>(
      `SELECT id, level, period, ${sealedTables.sealings.line} AS line FROM sealings WHERE finished_ms IS NULL`,
    )
    .get();
  const draft = new SealDraft(db, sealing ? [sealing] : []);
  while (!draft.done) draft.step();
  const { chunks, rollups } = draft;
  return {
    samples: digestHotSamples(db, mostSamples),
    underWay: sealing ? { line: sealing.line, chunks, rollups } : null,
  };
}

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
