import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

/** A file of version 1 with a row in each table that version 2 touches. */
function aFirstVersion(): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const { db, close } = openWritable(file, migrations.slice(0, 1), noonMs);
  db.exec(`
    INSERT INTO monitor_runs VALUES (1, ${noonMs}, ${noonMs + 5000}, 'closed', '0.1.0', 'host', 'UTC');
    INSERT INTO edges VALUES (1, 'e1', ${noonMs});
    INSERT INTO samples (minute, edge, ms, answered, latency_us) VALUES (${noonMs / 60_000}, 1, 500, 1, 1500);
    INSERT INTO spans (kind, subject, state, from_ms, to_ms) VALUES ('edge-health', 'e1', 'up', ${noonMs}, ${noonMs + 5000});
    INSERT INTO spans (kind, subject, state, from_ms) VALUES ('lb-role', 'e1', 'master', ${noonMs});
    INSERT INTO events VALUES (1, ${noonMs}, ${noonMs}, 'start', NULL, NULL, '{}', zeroblob(32), zeroblob(32));
  `);
  close();
  return file;
}

function open(file: string): Database.Database {
  const { db, close } = openWritable(file, migrations.slice(0, 2), noonMs + 10_000);
  close();
  return new Database(db.name);
}

it('Version 2 keeps every row of version 1, and knows no reasons of its spans', () => {
  const db = open(aFirstVersion());
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  expect(db.prepare('SELECT state, from_ms, to_ms, reasons FROM spans ORDER BY id').raw().all()).toEqual([
    ['up', noonMs, noonMs + 5000, null],
    ['master', noonMs, null, null],
  ]);
  expect(db.prepare('SELECT edge, ms, latency_us FROM samples').raw().all()).toEqual([[1, 500, 1500]]);
  expect(db.prepare('SELECT id, type FROM events').raw().all()).toEqual([[1, 'start']]);
  expect(db.prepare('SELECT version FROM monitor_runs').raw().all()).toEqual([['0.1.0']]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});

it('Version 2 takes sealed hours once: two of the same and a change are refused', () => {
  const db = open(aFirstVersion());
  db.exec(`
    INSERT INTO sealings VALUES (1, 1, 10, ${noonMs}, ${noonMs});
    INSERT INTO chunks (hour, edge, sealing, samples, sha256, body) VALUES (10, 1, 1, 1, zeroblob(32), x'01');
    INSERT INTO rollups (level, period, edge, sealing, sha256, body) VALUES (1, 10, 1, 1, zeroblob(32), x'01');
  `);
  expect(() =>
    db.exec('INSERT INTO chunks SELECT NULL, hour, edge, sealing, 1, sha256, body FROM chunks'),
  ).toThrow(/UNIQUE/);
  expect(() => db.exec("UPDATE chunks SET body = x'02'")).toThrow(/never changed/);
  expect(() => db.exec("UPDATE rollups SET body = x'02'")).toThrow(/never changed/);
  expect(() => db.exec("UPDATE spans SET reasons = 'no json'")).toThrow(/CHECK/);
  db.exec(`INSERT INTO sealings VALUES (2, 1, 11, ${noonMs}, NULL)`);
  expect(() => db.exec(`INSERT INTO sealings VALUES (3, 1, 12, ${noonMs}, NULL)`)).toThrow(/UNIQUE/);
  db.close();
});
