import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { noonMs } from '../../../fixtures/history/history-entries';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';
import { testSigner } from '../../../fixtures/history/test-signer';

describe('Version 6', () => {
  it('keeps a file of version 5 as it is, backs it up first, and is written from then on', () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    openWritable(file, migrations.slice(0, 5), noonMs).close();
    openWritable(file, migrations, noonMs + 10_000).close();
    const db = new Database(file);
    expect(db.pragma('user_version', { simple: true })).toBe(6);
    db.close();
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.backup'))).toHaveLength(1);
  });

  it('is named as the reason when a file with its chunks calls itself version 5', () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    watchHours(file, 2, testSigner('noc'));
    const altered = tamper(file, `${file}.altered`, 'PRAGMA user_version = 5');
    const { verdict } = verifyHistory({ file: altered, key: null, anchor: null });
    expect(verdict).toMatchObject({ why: 'bad-record', bad: { table: 'file' } });
  });
});
