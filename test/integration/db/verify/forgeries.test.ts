import type Database from 'better-sqlite3';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerWriter } from '../../../../db/chain/ledger-writer';
import { inspectFile } from '../../../../db/extract/inspect-file';
import { makeExtract } from '../../../../db/extract/make-extract';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { exportAnchor } from '../../../../db/seal/export-anchor';
import { refit } from '../../../fixtures/forge/refit';
import { schemaEdits } from '../../../fixtures/forge/schema-mutations';
import { openForged } from '../../../fixtures/forge/forged-file';
import { noonMs } from '../../../fixtures/history/history-entries';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { tamper } from '../../../fixtures/history/tamper';
import { testSigner, signExtractBy } from '../../../fixtures/history/test-signer';

const hourMs = 3_600_000;
const signer = testSigner('genuine');
const attacker = testSigner('attacker');

/** One forgery of each kind that a file with a genuine signature, checked with the genuine key, has to withstand. */
describe('a forged file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-forged-'));
  const history = path.join(folder, 'history.sqlite');
  const incident = path.join(folder, 'incident.heron');
  const copy = path.join(folder, 'forged');

  const verify = (file: string, key: string | null = signer.fingerprint): VerifyReport =>
    verifyHistory({ file, key, anchor: null });
  const forged = (original: string, alter: (db: Database.Database) => void): VerifyReport =>
    verify(tamper(original, copy, alter));

  beforeAll(() => {
    watchHours(history, 4, signer);
    const range = { fromMs: noonMs + hourMs, toMs: noonMs + 3 * hourMs };
    const asked = { file: history, out: incident, range, clusterIds: null, redact: false };
    signExtractBy(signer, makeExtract({ ...asked, nowMs: noonMs + 9 * hourMs, version: 'test' }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is not the genuine one, which verifies', () => {
    expect(verify(history).verdict.word).toBe('verified');
    expect(verify(incident).verdict.word).toBe('verified');
  });

  it('with spans put into an incident file under numbers that no seal names, its manifest made to fit', () => {
    const { verdict, checks } = forged(incident, (db) => {
      db.exec(`INSERT INTO spans (id, kind, subject, state, from_ms, to_ms, reasons)
        SELECT 100000 + id, kind, subject, 'down', from_ms, to_ms, reasons FROM spans WHERE kind = 'cluster-health'`);
      refit(db, 'manifest', attacker);
    });
    expect(verdict).toMatchObject({ word: 'not-verified', why: 'bad-record' });
    expect(checks.find(({ name }) => name === 'signatures')?.bad).not.toBeNull();
  });

  it('with an event and a span of the incident moved to where only links and lines are', () => {
    const { verdict } = forged(incident, (db) => {
      db.exec(`INSERT INTO extract_links SELECT id, body, hash, previous_hash FROM events WHERE type = 'failover';
        DELETE FROM events WHERE type = 'failover';
        DELETE FROM spans WHERE state = 'no-active-lb'`);
      refit(db, 'manifest', attacker);
    });
    expect(verdict).toMatchObject({ word: 'not-verified' });
  });

  it('of which only an index was altered, and no table', () => {
    const db = openForged(history, copy);
    let index = 0;
    expect(schemaEdits['index without rows']?.(db, (below) => (index += 3) % below)).toContain('emptied');
    db.pragma('journal_mode = DELETE');
    db.close();
    expect(verify(copy).verdict).toMatchObject({ why: 'bad-record', bad: { table: 'file' } });
  });

  it('with a run, an event and a span about the sealed past after the closing seal proves nothing from there on', () => {
    const { verdict } = forged(history, (db) => {
      const last = db.prepare('SELECT id, hash FROM events ORDER BY id DESC LIMIT 1').get() as {
        id: number;
        hash: Buffer;
      };
      db.exec(`INSERT INTO monitor_runs SELECT id + 1, start_ms, watched_until_ms, 'running', version, host, time_zone
        FROM monitor_runs ORDER BY id DESC LIMIT 1;
        INSERT INTO spans (kind, subject, state, from_ms) VALUES ('cluster-health', 'fra-01', 'down', ${noonMs})`);
      db.prepare(
        `INSERT INTO events SELECT ?, time_ms, @atMs, type, cluster, edge,
           json_set(body, '$.recordedAtMs', @atMs), hash, ? FROM events WHERE type = 'failover' LIMIT 1`,
      ).run(last.id + 1, last.hash, { atMs: noonMs + 4 * hourMs + 5000 });
      refit(db, 'events', attacker);
    });
    // They are about the time from the history's first moment on.
    expect(verdict).toMatchObject({ word: 'not-verified', why: 'nothing-proven' });
    expect(verdict.unproven.join(' ')).toMatch(/events: 1 since.*spans: 1 since.*monitor runs: 1 since/s);
  });

  it('whose last ledger row enters the expected public key, which signed nothing', () => {
    const stranger = path.join(folder, 'stranger.sqlite');
    watchHours(stranger, 2, attacker);
    const { verdict } = forged(stranger, (db) => {
      const historyId = String(db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get());
      const body = { publicKey: signer.publicKey, previousKey: attacker.fingerprint, endorsement: null };
      new LedgerWriter(db, historyId).append(noonMs, { kind: 'key', body });
    });
    expect(verdict).toMatchObject({ word: 'not-verified', why: 'bad-record', bad: { table: 'ledger' } });
    expect(verify(stranger, null).verdict).toMatchObject({ word: 'not-verified', why: 'unknown-key' });
    const trusted = [signer.fingerprint];
    const withStore = verifyHistory({ file: copy, key: null, trusted, anchor: null });
    expect(withStore.verdict.word).toBe('not-verified');
  });

  it('whose ledger names quadrillions of rows is refused at once', () => {
    const startedMs = performance.now();
    const { verdict } = forged(history, (db) => {
      db.exec(`UPDATE ledger SET body = json_set(body, '$.spansBegun.rows', '1-9007199254740991')
        WHERE id = (SELECT min(id) FROM ledger WHERE body ->> '$.spansBegun.rows' IS NOT NULL)`);
      refit(db, 'seals', attacker);
    });
    expect(verdict).toMatchObject({ why: 'bad-record', bad: { table: 'ledger' } });
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  it('with a column computed from a huge blob is refused before a row of it is read', () => {
    tamper(history, copy, 'ALTER TABLE meta ADD COLUMN x BLOB AS (zeroblob(100000000))');
    expect(() => inspectFile(copy)).toThrow(/"table meta" is not as Heron makes it/);
    expect(verify(copy).verdict).toMatchObject({ why: 'bad-record', bad: { table: 'sqlite_schema' } });
  });

  it('cut from another history than the anchor is of', () => {
    const other = path.join(folder, 'other.sqlite');
    watchHours(other, 1, signer);
    const against = (anchorOf: string) =>
      verifyHistory({ file: incident, key: signer.fingerprint, anchor: exportAnchor(anchorOf, noonMs) });
    expect(against(other).verdict).toMatchObject({ why: 'bad-record', bad: { table: 'meta' } });
    const own = against(history);
    expect(own.verdict.word).toBe('verified');
    expect(own.checks.find(({ name }) => name === 'anchor')?.words).toContain('signed by');
  });

  it('with bytes behind its last page, and an empty log beside it', () => {
    copyFileSync(history, copy);
    appendFileSync(copy, 'more');
    writeFileSync(`${copy}-wal`, '');
    expect(verify(copy).verdict).toMatchObject({ why: 'bad-record', bad: { table: 'file' } });
    rmSync(`${copy}-wal`);
  });
});
