import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventWriter } from '../../../../db/chain/event-writer';
import { historyId } from '../../../../db/file/history-id';
import { openReadable } from '../../../../db/file/open-readable';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { aFailover, noonMs } from '../../../fixtures/history/history-entries';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';
import { testSigner } from '../../../fixtures/history/test-signer';

function aFourthVersion(): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const { db, close } = openWritable(file, migrations.slice(0, 4), noonMs);
  db.exec(
    `INSERT INTO monitor_runs VALUES (1, ${noonMs}, ${noonMs + 5000}, 'closed', '0.1.0', 'host', 'UTC')`,
  );
  new EventWriter(db, historyId(db)).append([aFailover('fra', noonMs)]);
  close();
  return file;
}

describe('Version 5', () => {
  it('keeps every row of version 4, backs the file up first, and is written from then on', () => {
    const file = aFourthVersion();
    openWritable(file, migrations, noonMs + 10_000).close();
    const db = new Database(file);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1);
    db.close();
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.backup'))).toHaveLength(1);
  });

  it('is not needed to read or verify a file of version 4, which has the same tables', () => {
    const file = aFourthVersion();
    openReadable(file).close();
    expect(verifyHistory({ file, key: null, anchor: null }).checks[0]).toMatchObject({
      name: 'file',
      result: 'ok',
    });
  });

  it('is named as the reason when a file with numbered seals calls itself version 4', () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    watchHours(file, 2, testSigner('noc'));
    const altered = tamper(file, `${file}.altered`, 'PRAGMA user_version = 4');
    const { verdict } = verifyHistory({ file: altered, key: null, anchor: null });
    expect(verdict).toMatchObject({ why: 'bad-record', bad: { table: 'file' } });
  });
});
