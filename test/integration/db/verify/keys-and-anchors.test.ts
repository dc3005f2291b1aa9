import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorText, parseAnchor, type Anchor } from '../../../../db/chain/anchor';
import { HistoryError } from '../../../../db/model/history-error';
import { exportAnchor } from '../../../../db/seal/export-anchor';
import { HistoryProof } from '../../../../db/seal/history-proof';
import { readProofStanding } from '../../../../db/seal/read-standing';
import { keyChangeText } from '../../../../db/chain/signed-text';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { testSigner, type MadeSigner } from '../../../fixtures/history/test-signer';
import { addHours, idOf, makeProvenHistory, signHead } from '../../../fixtures/history/signed-history';
import { noonMs } from '../../../fixtures/history/history-entries';
import { tamper } from '../../../fixtures/history/tamper';

const signer = testSigner('noc');
const stranger = testSigner('stranger');
const folder = mkdtempSync(path.join(tmpdir(), 'heron-proof-'));
const earlier = path.join(folder, 'earlier.sqlite');
const original = path.join(folder, 'history.sqlite');
let copies = 0;
let anchor: Anchor;

beforeAll(() => {
  makeProvenHistory(earlier, 3, signer);
  copyFileSync(earlier, original);
  addHours(original, 3, 6, signer);
  const db = new Database(original);
  anchor = signHead(new HistoryProof(db, idOf(db)), signer, noonMs + 7 * 3_600_000);
  db.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function altered(alter: string | ((db: Database.Database) => void), from = original): string {
  copies += 1;
  return tamper(from, path.join(folder, `copy-${copies}.sqlite`), alter);
}

function verify(
  file: string,
  { key = null, ...rest }: { key?: string | null; anchor?: Anchor | null } = {},
): VerifyReport {
  return verifyHistory({ file, key, anchor: rest.anchor ?? null });
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (fault) {
    return fault;
  }
  throw new Error('nothing was thrown');
}

/** Throws the ledger away and makes a new one over what is there, signed by another key (null: by none). */
function sealAnew(db: Database.Database, by: MadeSigner | null): void {
  db.exec(`DELETE FROM ledger; DELETE FROM unsealed_ends;
    INSERT INTO unsealed_ends SELECT 'span', id FROM spans WHERE to_ms IS NOT NULL;
    INSERT INTO unsealed_ends SELECT 'run', id FROM monitor_runs WHERE ended <> 'running';`);
  const proof = new HistoryProof(db, idOf(db));
  if (by) proof.enterKey({ atMs: noonMs, publicKey: by.publicKey, endorsement: null });
  db.transaction(() => proof.seals.close(noonMs))();
  if (by) signHead(proof, by, noonMs);
}

describe('How far a history is proven', () => {
  it('is read from its ledger: the last seal, the last signature, the key', () => {
    const standing = readProofStanding(original);
    const at = exportAnchor(original, 0);
    expect(standing.lastSignature).toMatchObject({
      key: signer.fingerprint,
      eventId: at.events.id,
      atMs: at.atMs,
    });
    expect(standing.lastSeal).toMatchObject({ eventId: standing.lastEventId });
    expect(standing.lastSeal!.ledgerId).toBeLessThan(standing.lastSignature!.ledgerId);
    expect(standing.seals).toBeGreaterThanOrEqual(6);
    expect(standing.keys).toEqual([{ fingerprint: signer.fingerprint, sinceMs: noonMs, vouched: null }]);
  });

  it('says when nothing is signed, and which key a former one vouches for', () => {
    const unsigned = readProofStanding(altered((db) => sealAnew(db, null)));
    expect([unsigned.lastSignature, unsigned.keys]).toEqual([null, []]);
    expect(unsigned.lastSeal).not.toBeNull();
    const two = readProofStanding(
      altered((db) => {
        const proof = new HistoryProof(db, idOf(db));
        proof.enterKey({ atMs: noonMs + 1, publicKey: stranger.publicKey, endorsement: null });
      }),
    );
    expect(two.keys.map(({ fingerprint, vouched }) => [fingerprint, vouched])).toEqual([
      [signer.fingerprint, null],
      [stranger.fingerprint, false],
    ]);
  });
});

describe('A ledger row that was altered', () => {
  it.each([
    ['seal', '{}', /is not what Heron writes: events: /],
    ['signature', 'no', /is not what Heron writes: it is not JSON\./],
    ['key', '{"publicKey":7}', /is not what Heron writes: publicKey: /],
  ])('is named by its number, and Heron is not blamed: %s', (kind, body, words) => {
    let id = 0;
    const file = altered((db) => {
      id = Number(db.prepare('SELECT max(id) FROM ledger WHERE kind = ?').pluck().get(kind));
      db.prepare('UPDATE ledger SET body = ? WHERE id = ?').run(body, id);
    });
    const readers = [() => readProofStanding(file), () => exportAnchor(file, 0)];
    for (const read of kind === 'seal' ? readers.slice(0, 1) : readers) {
      const fault = thrownBy(read);
      expect(fault).toBeInstanceOf(HistoryError);
      const { failure } = fault as HistoryError;
      expect(failure).toMatchObject({ code: 'damaged', where: file });
      expect(failure.what).toContain(`Ledger row ${id} (${kind}) `);
      expect(failure.what).toMatch(words);
      expect(failure.todo).toContain('Verify the file');
    }
  });
});

describe('A history whose ledger was made anew', () => {
  it('verifies by itself, names its key, and fails for whoever expects the true key or has an anchor', () => {
    const file = altered((db) => {
      db.exec("UPDATE spans SET state = 'up'");
      sealAnew(db, stranger);
    });
    const alone = verify(file);
    expect(alone.firstBad).toBeNull();
    expect(alone.signed?.key).toBe(stranger.fingerprint);

    const { firstBad } = verify(file, { key: signer.fingerprint });
    expect(firstBad).toMatchObject({ table: 'ledger', id: 1 });
    expect(firstBad?.words).toContain(`not the expected ${signer.fingerprint}`);

    const anchored = verify(file, { anchor }).firstBad;
    expect(anchored).toMatchObject({ table: 'ledger', id: 5 });
    expect(anchored?.words).toMatch(/went on to 1\d\. It was cut back/);
  });

  it('is unsigned when nobody signs it, and not what was expected', () => {
    const file = altered((db) => sealAnew(db, null));
    const report = verify(file);
    expect(report.firstBad).toBeNull();
    expect(report.signed).toBeNull();
    expect(report.checks.find(({ name }) => name === 'signatures')).toMatchObject({
      result: 'open',
      words: 'Not signed: no key vouches for this history.',
    });
    expect(verify(file, { key: signer.fingerprint }).firstBad?.words).toMatch(/no key signs this history/);
  });
});

describe('A key', () => {
  it('swapped in its row is found by the row’s hash', () => {
    const file = altered((db) => {
      db.prepare('UPDATE ledger SET body = replace(body, ?, ?) WHERE id = 1').run(
        signer.publicKey,
        stranger.publicKey,
      );
    });
    expect(verify(file).firstBad).toMatchObject({ table: 'ledger', id: 1 });
  });

  it('that the one before it did not sign is named, and so is one that only claims it', () => {
    const file = altered((db) => {
      const proof = new HistoryProof(db, idOf(db));
      proof.enterKey({ atMs: noonMs, publicKey: stranger.publicKey, endorsement: null });
      signHead(proof, stranger, noonMs);
    });
    const { firstBad } = verify(file);
    expect(firstBad?.words).toContain(`brings in the key ${stranger.fingerprint}, which the key before`);
    expect(verify(file, { key: signer.fingerprint }).firstBad).toEqual(firstBad);
    // Whoever trusts the new key trusts what it signed: all before it.
    expect(verify(file, { key: stranger.fingerprint }).firstBad).toBeNull();

    altered((db) => {
      const proof = new HistoryProof(db, idOf(db));
      const text = keyChangeText(idOf(db), signer.fingerprint, stranger.publicKey);
      const endorsement = stranger.signNow(text);
      expect(() => proof.enterKey({ atMs: noonMs, publicKey: stranger.publicKey, endorsement })).toThrow(
        /old key did not sign/,
      );
    });
  });

  it('that the one before it signed goes on with its trust', () => {
    const next = testSigner('noc, second', [signer]);
    const file = altered((db) => {
      const proof = new HistoryProof(db, idOf(db));
      const endorsement = signer.signNow(keyChangeText(idOf(db), signer.fingerprint, next.publicKey));
      proof.enterKey({ atMs: noonMs, publicKey: next.publicKey, endorsement });
      signHead(proof, next, noonMs);
    });
    for (const key of [null, signer.fingerprint, next.fingerprint]) {
      expect(verify(file, { key, anchor }).firstBad).toBeNull();
    }
    expect(verify(file).signed?.key).toBe(next.fingerprint);
  });

  it('signs nothing after another took its place, and nothing that is not so', () => {
    altered((db) => {
      const proof = new HistoryProof(db, idOf(db));
      expect(() => signHead(proof, stranger, noonMs)).toThrow(/not the one that signs/);
      const { ledger, events } = proof.state();
      const signature = signer.signNow(Buffer.from('something else'));
      const entering = { atMs: noonMs, ledger, events, key: signer.fingerprint, signature };
      expect(() => proof.enterSignature(entering)).toThrow(/not the key’s/);
    });
  });
});

describe('An anchor', () => {
  it('holds for the history it was taken of, and for what became of it', () => {
    expect(verify(original, { key: signer.fingerprint, anchor }).firstBad).toBeNull();
    const grown = altered((db) => {
      signHead(new HistoryProof(db, idOf(db)), signer, noonMs + 8 * 3_600_000);
    });
    expect(verify(grown, { anchor }).firstBad).toBeNull();
    expect(parseAnchor(anchorText(anchor))).toEqual(anchor);
  });

  it('finds an earlier file put in the place of the later one, which verifies by itself', () => {
    expect(verify(earlier, { key: signer.fingerprint }).firstBad).toBeNull();
    const { firstBad } = verify(earlier, { key: signer.fingerprint, anchor });
    expect(firstBad).toMatchObject({ table: 'ledger', id: 10 });
    expect(firstBad?.words).toMatch(/cut back to an earlier state/);
  });

  it('finds a ledger that was made anew and is longer', () => {
    const file = altered((db) => {
      db.exec("UPDATE spans SET state = 'up'");
      sealAnew(db, stranger);
      const proof = new HistoryProof(db, idOf(db));
      for (let turn = 0; turn < 20; turn += 1) signHead(proof, stranger, noonMs);
    });
    expect(verify(file, { anchor }).firstBad).toMatchObject({ table: 'ledger', id: anchor.ledger.id });
  });

  it('of another history, or altered itself, is said to be', () => {
    const other = { ...anchor, historyId: 'another' };
    expect(verify(original, { anchor: other }).firstBad?.words).toMatch(/of another history/);
    const late = { ...anchor, atMs: anchor.atMs + 1 };
    expect(verify(original, { anchor: late }).firstBad?.words).toMatch(/not signed by the key it names/);
    expect(() => parseAnchor('{"format":"heron-anchor-1"}')).toThrow(/historyId/);
    expect(() => parseAnchor('no')).toThrow(/not JSON/);
  });
});
