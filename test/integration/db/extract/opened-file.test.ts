import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../../db/extract/inspect-file';
import { makeExtract } from '../../../../db/extract/make-extract';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { QuerySession } from '../../../../db/query/query-session';
import { noonMs } from '../../../fixtures/history/history-entries';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';
import { watchHours } from '../../../fixtures/history/monitored-hours';

const hourMs = 3_600_000;
const range = { fromMs: noonMs + 2 * hourMs, toMs: noonMs + 4 * hourMs };
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a file that is opened', () => {
  let folder: string;
  let history: string;
  let whole: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-open-'));
    history = path.join(folder, 'history.sqlite');
    watchHours(history, 5, null);
    const out = path.join(folder, 'whole.heron');
    const asked = { clusterIds: null, redact: false, nowMs: noonMs + 9 * hourMs, version: 'test' };
    whole = makeExtract({ file: history, out, range, ...asked }).file;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const other = (name: string, content: string | Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it('says what it is of', () => {
    expect(inspectFile(whole)).toMatchObject({
      range,
      extract: { redacted: false, madeBy: 'test', clusters: null },
    });
    expect(inspectFile(history).extract).toBeNull();
  });

  it.each([
    ['nothing', () => path.join(folder, 'missing.heron'), /no such file/],
    ['0 bytes', () => other('zero.heron', ''), /0 bytes/],
    ['a text', () => other('text.heron', 'Dear colleague,\n'), /does not begin as one/],
    ['an inventory', () => other('inventory.heron', '{ "clusters": [] }'), /JSON file/],
    ['a folder', () => folder, /folder/],
    [
      'a newer file',
      () => tamper(whole, path.join(folder, 'newer.heron'), 'PRAGMA user_version = 9999'),
      /version 9999/,
    ],
    [
      'a foreign database',
      () => tamper(whole, path.join(folder, 'foreign.heron'), 'PRAGMA application_id = 1'),
      /not made by Heron/,
    ],
    [
      'a view of its own',
      () => tamper(whole, path.join(folder, 'view.heron'), 'CREATE VIEW x AS SELECT 1'),
      /the "view x" is not one of Heron/i,
    ],
  ])('refuses %s plainly', (_what, make, words) => {
    const file = make();
    expect(() => inspectFile(file)).toThrow(words);
  });

  it('is refused or found damaged when it is cut off', () => {
    const file = path.join(folder, 'cut.heron');
    copyFileSync(whole, file);
    truncateSync(file, Math.floor(statSync(whole).size / 2));
    let words: string;
    try {
      inspectFile(file);
      words = verifyHistory({ file, key: null, anchor: null }).firstBad?.words ?? '';
    } catch (fault) {
      words = fault instanceof Error ? fault.message : '';
    }
    expect(words).toMatch(/damaged|malformed|disk image/);
  });

  it('puts nothing beside it, in a read-only folder too', () => {
    const readOnly = temporaryFolder();
    const file = path.join(readOnly, 'x.heron');
    copyFileSync(whole, file);
    chmodSync(file, 0o444);
    chmodSync(readOnly, 0o555);
    try {
      inspectFile(file);
      const session = QuerySession.open(file);
      session.run('snapshotAt', { atMs: range.fromMs });
      session.close();
      expect(verifyHistory({ file, key: null, anchor: null }).firstBad).toBeNull();
      expect(readdirSync(readOnly)).toEqual(['x.heron']);
    } finally {
      chmodSync(readOnly, 0o755);
    }
  });

  it('is read with the log that lies beside it, and neither is touched', () => {
    const beside = temporaryFolder();
    const file = path.join(beside, 'live.sqlite');
    copyFileSync(history, file);
    const writer = new Database(file);
    writer.pragma('journal_mode = WAL');
    writer.exec("INSERT INTO meta (key, value) VALUES ('x', 'y')");
    const copy = path.join(beside, 'copy.sqlite');
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    writer.close();
    const before = [sum(copy), sum(`${copy}-wal`)];
    inspectFile(copy);
    expect([sum(copy), sum(`${copy}-wal`)]).toEqual(before);
    expect(readdirSync(beside).filter((name) => name.startsWith('copy'))).toEqual([
      'copy.sqlite',
      'copy.sqlite-wal',
    ]);
  });
});
