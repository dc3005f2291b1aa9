import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { EventWriter } from '../../../../db/chain/event-writer';
import { historyId } from '../../../../db/file/history-id';
import { WriterSession } from '../../../../db/write/writer-session';
import { aFailover, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

/** A file of version 2: an event, a span that ended, one that lasts, a run that was closed and one that was not. */
function aSecondVersion(): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const { db, close } = openWritable(file, migrations.slice(0, 2), noonMs);
  db.exec(`
    INSERT INTO monitor_runs VALUES (1, ${noonMs}, ${noonMs + 5000}, 'closed', '0.1.0', 'host', 'UTC');
    INSERT INTO monitor_runs VALUES (2, ${noonMs + 6000}, ${noonMs + 9000}, 'running', '0.1.0', 'host', 'UTC');
    INSERT INTO edges VALUES (1, 'e1', ${noonMs});
    INSERT INTO spans (kind, subject, state, from_ms, to_ms) VALUES ('edge-health', 'e1', 'up', ${noonMs}, ${noonMs + 5000});
    INSERT INTO spans (kind, subject, state, from_ms) VALUES ('lb-role', 'e1', 'master', ${noonMs + 6000});
  `);
  new EventWriter(db, historyId(db)).append([aFailover('fra', noonMs)]);
  close();
  return file;
}

function open(file: string): Database.Database {
  openWritable(file, migrations.slice(0, 3), noonMs + 10_000).close();
  return new Database(file);
}

describe('Version 3', () => {
  it('keeps every row of version 2, and notes what the first seal is to cover', () => {
    const db = open(aSecondVersion());
    expect(db.pragma('user_version', { simple: true })).toBe(3);
    expect(db.prepare('SELECT id, state, to_ms FROM spans ORDER BY id').raw().all()).toEqual([
      [1, 'up', noonMs + 5000],
      [2, 'master', null],
    ]);
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1);
    expect(db.prepare('SELECT * FROM unsealed_ends').raw().all()).toEqual([
      ['run', 1],
      ['span', 1],
    ]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('lets nobody change what was sealed, or the ledger', () => {
    const db = open(aSecondVersion());
    db.exec("INSERT INTO ledger VALUES (1, 0, 'seal', '{}', zeroblob(32), zeroblob(32))");
    for (const [sql, refused] of [
      ["UPDATE ledger SET body = '[]'", /never changed/],
      ['DELETE FROM ledger', /never shortened/],
      [
        "INSERT OR REPLACE INTO ledger VALUES (1, 0, 'seal', '[]', zeroblob(32), zeroblob(32))",
        /must follow/,
      ],
      ["INSERT INTO ledger VALUES (3, 0, 'seal', '[]', zeroblob(32), zeroblob(32))", /must follow/],
      ['UPDATE spans SET to_ms = to_ms + 1 WHERE id = 1', /only ever gets its end/],
      ["UPDATE spans SET state = 'backup' WHERE id = 2", /only ever gets its end/],
      ["UPDATE monitor_runs SET ended = 'lost' WHERE id = 1", /never changed/],
      ["UPDATE monitor_runs SET host = 'other' WHERE id = 2", /never changed/],
    ] as const) {
      expect(() => db.exec(sql), sql).toThrow(refused);
    }
    db.exec(`UPDATE spans SET to_ms = ${noonMs + 9000} WHERE id = 2`);
    expect(db.prepare("SELECT number FROM unsealed_ends WHERE what = 'span'").pluck().all()).toEqual([1, 2]);
    db.close();
  });

  it('is sealed from its beginning on, and verifies', () => {
    const file = aSecondVersion();
    WriterSession.open({ file, nowMs: noonMs + 20_000, version: 'test' }).close();
    const report = verifyHistory({ file, key: null, anchor: null });
    expect(report.firstBad).toBeNull();
    const counts = Object.fromEntries(report.checks.map(({ name, count }) => [name, count]));
    expect(counts).toMatchObject({ events: 2, spans: 2, 'monitor runs': 3, names: 1 });
  });
});
