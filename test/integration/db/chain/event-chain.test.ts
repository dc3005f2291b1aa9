import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { aFailover, aFlapping, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

interface Row {
  id: number;
  body: string;
  hash: Buffer;
  previous_hash: Buffer;
}

const folder = mkdtempSync(path.join(tmpdir(), 'heron-history-'));
const original = path.join(folder, 'history.sqlite');

/** Two runs with events in each, so the chain crosses a restart. */
beforeAll(async () => {
  for (const [run, startMs] of [noonMs, noonMs + 3_600_000].entries()) {
    const history = await openHistory({ file: original, workersUrl, nowMs: () => startMs });
    for (let turn = 0; turn < 3; turn += 1) {
      const events = [aFailover(`fra-${run}`, startMs + turn), aFlapping('ümläut ☂', startMs + turn)];
      await history.write({ spans: [], samples: [], events });
    }
    await history.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(): Database.Database {
  const copy = path.join(temporaryFolder(), 'copy.sqlite');
  copyFileSync(original, copy);
  return new Database(copy);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

describe('The chain of events', () => {
  it('can be recomputed by a stranger from the rows alone', () => {
    const db = open();
    const historyId = db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get();
    const rows = db.prepare<[], Row>('SELECT * FROM events ORDER BY id').all();
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    let head = sha256(`heron-history-1\n${String(historyId)}`);
    for (const row of rows) {
      expect(row.previous_hash.equals(head)).toBe(true);
      head = sha256(`heron-event-1\n${row.id}\n${head.toString('hex')}\n${row.body}`);
      expect(row.hash.equals(head)).toBe(true);
    }
    db.close();
  });

  it('repeats in its columns what the body says', () => {
    const db = open();
    const different = db
      .prepare(
        `SELECT count(*) FROM events WHERE time_ms IS NOT body ->> '$.timeMs' OR recorded_ms IS NOT body ->> '$.recordedAtMs'
           OR type IS NOT body ->> '$.type' OR cluster IS NOT body ->> '$.clusterId' OR edge IS NOT body ->> '$.edgeId'`,
      )
      .pluck()
      .get();
    expect(different).toBe(0);
    db.close();
  });

  it.each([
    ['UPDATE events SET time_ms = 0 WHERE id = 2', /never changed/],
    ['DELETE FROM events WHERE id = 2', /never deleted/],
    ['DELETE FROM events', /never deleted/],
    ['INSERT OR REPLACE INTO events SELECT * FROM events WHERE id = 2', /must follow the last one/],
    [
      `INSERT INTO events SELECT max(id) + 2, time_ms, recorded_ms, type, cluster, edge, body, hash, hash FROM events`,
      /must follow the last one/,
    ],
    [
      `INSERT INTO events SELECT max(id) + 1, time_ms, recorded_ms, type, cluster, edge, body, hash, zeroblob(32) FROM events`,
      /must follow the last one/,
    ],
  ])('is append-only: %s', (sql, refused) => {
    const db = open();
    const before = db.prepare('SELECT * FROM events').all();
    expect(() => db.exec(sql)).toThrow(refused);
    expect(db.prepare('SELECT * FROM events').all()).toEqual(before);
    db.close();
  });
});
