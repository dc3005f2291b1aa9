import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { madeSigner } from '../../../fixtures/history/test-signer';
import { makeProvenHistory } from '../../../fixtures/history/signed-history';
import { tamper } from '../../../fixtures/history/tamper';

const signer = madeSigner('noc');
const folder = mkdtempSync(path.join(tmpdir(), 'heron-proof-'));
const original = path.join(folder, 'history.sqlite');
const copy = path.join(folder, 'copy.sqlite');

/** Every table that is proven, and the columns a row is found by; all other columns are proven, too. */
const tables = {
  events: 'id',
  ledger: 'id',
  sealings: 'id',
  chunks: 'id',
  rollups: 'id',
  spans: 'id',
  monitor_runs: 'id',
  inventory_versions: 'id',
  clusters: 'number',
  edges: 'number',
  samples: 'minute, edge, ms',
} as const;
type Table = keyof typeof tables;

beforeAll(() => makeProvenHistory(original, 4, signer));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A value of the same type that is another one. */
function otherValue(value: unknown, by: number): unknown {
  if (typeof value === 'number') return value === by ? by + 1 : by;
  if (typeof value === 'string') return `${value.slice(0, -1)}${value.endsWith('~') ? '!' : '~'}`;
  if (!Buffer.isBuffer(value)) return null;
  const bytes = Buffer.from(value);
  const at = by % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

interface Act {
  table: Table;
  row: number;
  column: number;
  by: number;
  kind: 'change' | 'delete' | 'empty';
}

/** Does it; answers what was done, or null when there was nothing to do. */
function doTo(db: Database.Database, { table, row, column, by, kind }: Act): string | null {
  const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
  const chosen = rows[row % rows.length];
  if (!chosen) return null;
  const keys = tables[table].split(', ');
  const where = keys.map((key) => `${key} = ${String(chosen[key])}`).join(' AND ');
  if (kind === 'delete') {
    db.exec(`DELETE FROM ${table} WHERE ${where}`);
    return `DELETE FROM ${table} WHERE ${where}`;
  }
  const columns = Object.keys(chosen).filter((name) => !keys.includes(name));
  const name = columns[column % columns.length];
  if (name === undefined) return null;
  const value = kind === 'empty' ? null : otherValue(chosen[name], by);
  if (value === null && chosen[name] === null) return null;
  try {
    db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${where}`).run(value);
  } catch (error) {
    // NOT NULL and UNIQUE hold even for an attacker who does not make the table anew.
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return null;
    throw error;
  }
  return `UPDATE ${table} SET ${name} = ${String(value)} WHERE ${where}`;
}

const act: fc.Arbitrary<Act> = fc.record({
  table: fc.constantFrom(...(Object.keys(tables) as Table[])),
  row: fc.nat(200),
  column: fc.nat(20),
  by: fc.nat(5000),
  kind: fc.constantFrom('change', 'change', 'delete', 'empty'),
});

describe('Whatever is done to a single row of a closed, signed history', () => {
  it('is found, in its table', () => {
    fc.assert(
      fc.property(act, (chosen) => {
        let done: string | null = null;
        tamper(original, copy, (db) => {
          done = doTo(db, chosen);
        });
        const { firstBad } = verifyHistory({ file: copy, key: signer.fingerprint, anchor: null });
        if (done === null) expect(firstBad).toBeNull();
        else {
          expect(firstBad, done).not.toBeNull();
          expect(firstBad?.table, done).toBe(chosen.table);
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
