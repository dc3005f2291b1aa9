import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { eventHash } from '../chain/event-chain';
import type { ExpectedTable } from '../file/expected-tables';
import type { RestoreRow } from './salvage-table';

/**
 * Returns the function that inserts rows of a table into a new history. A row that does not match its own checksum (events: the
 * chain's hash; chunks, rollups and inventories: SHA-256 of the body) is not what Heron wrote, and is left out; so is one that
 * violates a constraint of the table.
 */
export function restorerOf(db: Database.Database, table: ExpectedTable): RestoreRow {
  const { name, columns } = table;
  const insert = db.prepare(
    `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const isIntact = intactnessOf(table);
  return (row) => {
    if (!isIntact(row)) return 'wrong';
    try {
      insert.run(...row);
      return 'restored';
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CONSTRAINT'))
        throw error;
      return /PRIMARYKEY|ROWID/.test(error.code) ? 'duplicate' : 'wrong';
    }
  };
}

function intactnessOf({ name, columns }: ExpectedTable): (row: unknown[]) => boolean {
  const at = (column: string): number => columns.indexOf(column);
  const [id, body, hash, previous, sha256] = ['id', 'body', 'hash', 'previous_hash', 'sha256'].map(at) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (name === 'events') {
    return (row) => {
      const [rowId, text, own, before] = [row[id], row[body], row[hash], row[previous]];
      if (typeof rowId !== 'number' || typeof text !== 'string') return false;
      return Buffer.isBuffer(own) && Buffer.isBuffer(before) && own.equals(eventHash(rowId, before, text));
    };
  }
  if (sha256 < 0 || body < 0) return () => true;
  return (row) => {
    const [content, own] = [row[body], row[sha256]];
    if (typeof content !== 'string' && !Buffer.isBuffer(content)) return false;
    return Buffer.isBuffer(own) && own.equals(createHash('sha256').update(content).digest());
  };
}
