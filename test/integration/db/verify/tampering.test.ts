import type Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventHash, genesisHash } from '../../../../db/chain/event-chain';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { testSigner } from '../../../fixtures/history/test-signer';
import { idOf, makeProvenHistory } from '../../../fixtures/history/signed-history';
import { tamper } from '../../../fixtures/history/tamper';
import { tamperCases } from './tamper-cases';

const signer = testSigner('noc');
const folder = mkdtempSync(path.join(tmpdir(), 'heron-proof-'));
const original = path.join(folder, 'history.sqlite');
let copies = 0;

beforeAll(() => makeProvenHistory(original, 6, signer));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function after(alter: string | ((db: Database.Database) => void), key: string | null = null): VerifyReport {
  copies += 1;
  const copy = tamper(original, path.join(folder, `copy-${copies}.sqlite`), alter);
  return verifyHistory({ file: copy, key, anchor: null });
}

/** Makes the chain of events whole again from `from` on, as whoever knows the format can. */
function rechainEvents(db: Database.Database, from: number): void {
  const rows = db
    .prepare<[number], { id: number; body: string }>('SELECT id, body FROM events WHERE id >= ? ORDER BY id')
    .all(from);
  const before = db
    .prepare<[number], Buffer>('SELECT hash FROM events WHERE id = ?')
    .pluck()
    .get(from - 1);
  let head = before ?? genesisHash(idOf(db));
  for (const { id, body } of rows) {
    const hash = eventHash(id, head, body);
    db.prepare('UPDATE events SET hash = ?, previous_hash = ? WHERE id = ?').run(hash, head, id);
    head = hash;
  }
}

describe('A history that nobody touched', () => {
  it('verifies, and says who signed it and what is covered', () => {
    const report = after('SELECT 1', signer.fingerprint);
    expect(report.firstBad).toBeNull();
    expect(report.signed).toMatchObject({ key: signer.fingerprint });
    expect(report.verdict.word).toBe('verified');
    expect(report.checks.map(({ name, count, result }) => `${name} ${count} ${result}`)).toEqual([
      'file 1 ok',
      'events 12 ok',
      'ledger 15 ok',
      'keys 1 ok',
      'signatures 7 ok',
      'sealed hours 6 ok',
      'chunks 48 ok',
      'rollups 48 ok',
      'spans 32 ok',
      'monitor runs 1 ok',
      'inventories 2 ok',
      'names 11 ok',
      'samples 24 ok',
      'prunings 0 ok',
    ]);
  });
});

describe('Verification names the first bad record:', () => {
  it.each(tamperCases)('%s', (_what, sql, bad, words) => {
    const { firstBad } = after(sql);
    expect(firstBad).toMatchObject(bad);
    expect(firstBad?.words).toMatch(words);
  });

  it('an event edited and the whole chain made anew after it', () => {
    const { firstBad } = after((db) => {
      db.exec(`UPDATE events SET body = replace(body, '"changes":6', '"changes":7') WHERE id = 4`);
      rechainEvents(db, 4);
    });
    expect(firstBad).toMatchObject({ table: 'events', id: 4 });
    expect(firstBad?.words).toMatch(/events 3 to 4 were written anew/);
  });

  it('the end of the ledger with its last signature, for one who expects a key', () => {
    const { firstBad } = after('DELETE FROM ledger WHERE id = 15', signer.fingerprint);
    expect(firstBad).toMatchObject({ table: 'ledger', id: 15 });
    expect(firstBad?.words).toMatch(/nothing signs what was sealed in row 14/);
    const unasked = after('DELETE FROM ledger WHERE id = 15');
    expect(unasked.firstBad).toBeNull();
    expect(unasked.verdict).toMatchObject({ word: 'not-verified', why: 'unknown-key' });
  });
});
