import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealBody, SignatureBody } from '../../../../db/chain/ledger-entry';
import { LedgerWriter } from '../../../../db/chain/ledger-writer';
import { headText } from '../../../../db/chain/signed-text';
import { checkSamples } from '../../../../db/verify/check-samples';
import { Findings } from '../../../../db/verify/findings';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { refit } from '../../../fixtures/forge/refit';
import { noonMs } from '../../../fixtures/history/history-entries';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { tamper } from '../../../fixtures/history/tamper';
import { testSigner } from '../../../fixtures/history/test-signer';

const hourMs = 3_600_000;
const endMs = noonMs + 4 * hourMs;
const signer = testSigner('genuine');
const attacker = testSigner('attacker');

/** Another run that goes on after the closing: from then on rows may be there that nothing seals yet. */
const laterRun = `INSERT INTO monitor_runs SELECT id + 1, ${endMs} + 1000, ${endMs} + 60000, 'running', version, host, time_zone
  FROM monitor_runs ORDER BY id DESC LIMIT 1;`;
const unsealedEnds = `INSERT OR IGNORE INTO unsealed_ends SELECT 'span', id FROM spans WHERE id = 9000;`;

/** Rows that no seal covers, added without any key, and the earliest time that they are about, in hours since noon. */
const appended: [string, string, number][] = [
  [
    'a span that began and ended before the seal',
    `INSERT INTO spans (id, kind, subject, state, from_ms, to_ms)
       VALUES (9000, 'cluster-health', 'fra-01', 'down', ${noonMs + hourMs}, ${noonMs + 2 * hourMs}); ${unsealedEnds}`,
    1,
  ],
  [
    'an inventory that was in force before the seal',
    `INSERT INTO inventory_versions (at_ms, body, sha256)
       SELECT ${noonMs + hourMs}, body, sha256 FROM inventory_versions ORDER BY id DESC LIMIT 1`,
    1,
  ],
  [
    'more samples of a sealed hour',
    `INSERT INTO sealings (level, period, begun_ms, finished_ms)
       SELECT level, period, begun_ms + 1, finished_ms + 1 FROM sealings WHERE level = 1 AND period = ${noonMs / hourMs + 1};
     INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
       SELECT hour, edge, (SELECT max(id) FROM sealings), samples, sha256, body FROM chunks
       WHERE hour = ${noonMs / hourMs + 1} LIMIT 1`,
    1,
  ],
  [
    'a step of the clock before the seal',
    `INSERT INTO clock_steps (run, at_ms, by_ms) VALUES (1, ${noonMs + hourMs}, 60000)`,
    1,
  ],
  [
    'a run that ended before the seal',
    `INSERT INTO monitor_runs SELECT 50, ${noonMs + hourMs}, ${noonMs + 2 * hourMs}, 'lost', version, host, time_zone
       FROM monitor_runs LIMIT 1; INSERT INTO unsealed_ends VALUES ('run', 50)`,
    1,
  ],
  [
    'a failover that happened, and claims to have been recorded, before the seal',
    appendedFailover(noonMs + hourMs, noonMs + hourMs + 20),
    1 - 3 / 3600,
  ],
  [
    'a failover that happened before the seal and was recorded after it',
    appendedFailover(noonMs + hourMs, endMs + 5000),
    1 - 3 / 3600,
  ],
];

function appendedFailover(timeMs: number, recordedMs: number): string {
  return `INSERT INTO events SELECT (SELECT max(id) + 1 FROM events), ${timeMs}, ${recordedMs}, type, cluster, edge,
    json_set(body, '$.timeMs', ${timeMs}, '$.recordedAtMs', ${recordedMs}, '$.bracket.lastOldMs', ${timeMs - 3000},
      '$.bracket.firstNewMs', ${timeMs}), hash, hash FROM events WHERE type = 'failover' LIMIT 1`;
}

describe('rows that were appended to a signed history', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-appended-'));
  const history = path.join(folder, 'history.sqlite');
  const copy = path.join(folder, 'forged');
  const forged = (alter: (db: Database.Database) => void, key: string | null = signer.fingerprint) => {
    tamper(history, copy, (db) => {
      alter(db);
      refit(db, 'events', attacker);
    });
    return verifyHistory({ file: copy, key, trusted: [signer.fingerprint], anchor: null });
  };

  beforeAll(() => watchHours(history, 4, signer));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(appended)('leave nothing proven from the time that %s is about', (_what, sql, hours) => {
    const { verdict } = forged((db) => db.exec(laterRun + sql));
    expect(verdict).toMatchObject({ word: 'verified-up-to', upToMs: noonMs + hours * hourMs });
  });

  it('leave all proven up to the signature when they are about the time after it', () => {
    const { verdict } = forged((db) => db.exec(laterRun));
    expect(verdict).toMatchObject({ word: 'verified-up-to', upToMs: endMs + 1 });
  });

  it('are not proven by a seal that nothing signs', () => {
    const [, sql, hours] = appended[0] ?? ['', '', 0];
    const withSeal = (key: string | null): VerifyReport =>
      forged((db) => {
        db.exec(laterRun + sql);
        const row = db
          .prepare<[], string>("SELECT body FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1")
          .pluck()
          .get();
        const { events, through } = JSON.parse(row ?? '') as SealBody;
        const rows = (number: string) => ({ rows: number, marks: 'AAAA', sha256: '0'.repeat(64) });
        const body: SealBody = {
          events,
          through: { ...through, spansBegun: 9000, runsBegun: through.runsBegun + 1 },
          chunks: [],
          rollups: [],
          spansBegun: rows('9000'),
          spansEnded: rows('9000'),
          runsBegun: rows(String(through.runsBegun + 1)),
        };
        const historyId = String(db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get());
        new LedgerWriter(db, historyId).append(endMs + 2000, { kind: 'seal', body });
        db.exec('DELETE FROM unsealed_ends');
        refit(db, 'seals', attacker);
      }, key);
    for (const key of [signer.fingerprint, null])
      expect(withSeal(key).verdict).toMatchObject({
        word: 'verified-up-to',
        upToMs: noonMs + hours * hourMs,
      });
  });

  it('cannot hide how long a run that goes on has watched', () => {
    const { verdict } = forged((db) => {
      db.exec(`${laterRun} UPDATE monitor_runs SET watched_until_ms = ${noonMs + hourMs}, start_ms = ${noonMs + hourMs}
        WHERE ended = 'running'`);
    });
    expect(verdict).toMatchObject({ word: 'verified-up-to', upToMs: noonMs + hourMs });
  });

  it('are not what readings are that were too many to be digested while closing', () => {
    const db = new Database(history, { readonly: true });
    const row = db
      .prepare<[], string>("SELECT body FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1")
      .pluck()
      .get();
    const body = JSON.parse(row ?? '') as SealBody;
    const findings = new Findings();
    checkSamples(db, { ...body, closing: { samples: null, underWay: null } }, findings);
    db.close();
    const [samples] = findings.checks(new Set()).filter(({ name }) => name === 'samples');
    expect(samples).toMatchObject({ result: 'open', bad: null, openFromMs: noonMs + 3 * hourMs });
  });

  const historyIdOf = (db: Database.Database): string =>
    String(db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get());

  it('are not proven by a stranger behind whose rows the genuine key and its signature stand once more', () => {
    const { verdict } = forged((db) => {
      db.exec(laterRun + appendedFailover(noonMs + hourMs, noonMs + hourMs + 20));
      refit(db, 'events', attacker);
      const ledger = new LedgerWriter(db, historyIdOf(db));
      const genuine = db
        .prepare<[], { atMs: number; body: string }>(
          "SELECT at_ms AS atMs, body FROM ledger WHERE kind = 'signature' ORDER BY id DESC LIMIT 1",
        )
        .get();
      const signature = JSON.parse(genuine?.body ?? '') as SignatureBody;
      const enter = (publicKey: string, previousKey: string) =>
        ledger.append(endMs, { kind: 'key', body: { publicKey, previousKey, endorsement: null } });
      enter(attacker.publicKey, signer.fingerprint);
      const event = db
        .prepare<[], { id: number; hash: Buffer }>('SELECT id, hash FROM events ORDER BY id DESC LIMIT 1')
        .get();
      const events = { id: event?.id ?? 0, hash: event?.hash.toString('hex') ?? '' };
      const head = { ledger: signature.ledger, events };
      const text = headText({ historyId: historyIdOf(db), atMs: endMs, ...head });
      const body = { key: attacker.fingerprint, ...head, signature: attacker.signNow(text) };
      ledger.append(endMs, { kind: 'signature', body });
      enter(signer.publicKey, attacker.fingerprint);
      ledger.append(genuine?.atMs ?? 0, { kind: 'signature', body: signature });
    });
    expect(verdict).toMatchObject({ word: 'verified-up-to', upToMs: noonMs + hourMs - 3000 });
  });

  it('are not proven by an older signature that is entered once more behind a newer one', () => {
    const { verdict } = forged((db) => {
      const row = db
        .prepare<[], { atMs: number; body: string }>(
          "SELECT at_ms AS atMs, body FROM ledger WHERE kind = 'signature' ORDER BY id LIMIT 1",
        )
        .get();
      const body = JSON.parse(row?.body ?? '') as SignatureBody;
      new LedgerWriter(db, historyIdOf(db)).append(row?.atMs ?? 0, { kind: 'signature', body });
    });
    expect(verdict).toMatchObject({ word: 'not-verified', bad: { table: 'ledger' } });
  });

  it('are not proven by a seal that nothing signs, as readings of an older sealing', () => {
    const { verdict } = forged((db) => {
      db.exec(laterRun);
      const row = db
        .prepare<[], string>("SELECT body FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1")
        .pluck()
        .get();
      const { events, through } = JSON.parse(row ?? '') as SealBody;
      const hour = noonMs / hourMs;
      const runsBegun = through.runsBegun + 1;
      db.exec(`INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
        SELECT hour + 1, edge, sealing, samples, sha256, body FROM chunks WHERE hour = ${hour} AND edge = 1`);
      const id = Number(db.prepare('SELECT max(id) FROM chunks').pluck().get());
      const sealing = Number(db.prepare('SELECT sealing FROM chunks WHERE id = ?').pluck().get(id));
      const set = { marks: 'AAAA', sha256: '0'.repeat(64) };
      const body: SealBody = {
        events,
        through: { ...through, runsBegun },
        chunks: [{ ...set, rows: '1', ids: String(id), hour: hour + 1, sealing }],
        rollups: [],
        runsBegun: { ...set, rows: String(runsBegun) },
      };
      new LedgerWriter(db, historyIdOf(db)).append(endMs + 2000, { kind: 'seal', body });
      refit(db, 'seals', attacker);
    });
    expect(verdict).toMatchObject({ word: 'verified-up-to', upToMs: noonMs + hourMs });
  });
});
