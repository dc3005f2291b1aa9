import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  openSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runFileTask } from '../../../../db/client/run-file-task';
import { HistoryError } from '../../../../db/model/history-error';
import { openHistoryReadOnly } from '../../../../db/open-history';
import { fileProcesses } from '../../../fixtures/history/built-workers';
import { makeProvenHistory } from '../../../fixtures/history/signed-history';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

let genuine = '';
beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-hostile-'));
  genuine = path.join(folder, 'genuine.sqlite');
  makeProvenHistory(genuine, 1, null);
  return () => rmSync(folder, { recursive: true, force: true });
});

type Make = (file: string) => void;

const endless = '(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c)';

/** A copy whose page size says this. */
function withPageSize(size: number): Make {
  return (file) => {
    copyFileSync(genuine, file);
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(size);
    writeSync(openSync(file, 'r+'), bytes, 0, 2, 16);
  };
}

function withSql(sql: string): Make {
  return (file) => {
    copyFileSync(genuine, file);
    const db = new Database(file);
    db.exec(sql);
    db.close();
  };
}

/** What is no history at all, or has parts of its own: refused before anything of it is used. */
const refused: [what: string, make: Make, words: RegExp][] = [
  ['a pipe', (file) => execFileSync('mkfifo', [file]), /device or a pipe/],
  ['a device', (file) => symlinkSync('/dev/zero', file), /device or a pipe/],
  ['a folder', (file) => mkdirSync(file), /folder/],
  ['a link to itself', (file) => symlinkSync(file, file), /ELOOP/],
  ['a file of the system', (file) => symlinkSync('/proc/self/mem', file), /empty/],
  ['an empty file', (file) => writeFileSync(file, ''), /empty/],
  [
    '10 GB of nothing',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 10 * 2 ** 30);
    },
    /not a history|not a SQLite file/,
  ],
  [
    'a history with a pipe as its log',
    (file) => {
      copyFileSync(genuine, file);
      execFileSync('mkfifo', [`${file}-wal`]);
    },
    /next to the file is a device or a pipe/,
  ],
  [
    'a history with an interrupted write',
    (file) => {
      copyFileSync(genuine, file);
      writeFileSync(`${file}-journal`, Buffer.from('d9d505f920a163d7', 'hex'));
    },
    /last write was interrupted/,
  ],
  ['a page size of 0', withPageSize(0), /not a SQLite file|not a database/],
  ['a page size of 3', withPageSize(3), /not a SQLite file|not a database/],
  [
    'a column of 400 MB',
    withSql(
      'CREATE TABLE bomb (a); INSERT INTO bomb VALUES (1); ALTER TABLE bomb ADD COLUMN b AS (hex(zeroblob(400000000)))',
    ),
    /other parts than Heron makes/,
  ],
  [
    'a view without end',
    withSql(
      `ALTER TABLE clusters RENAME TO others; CREATE VIEW clusters AS SELECT *, ${endless} AS z FROM others`,
    ),
    /other parts than Heron makes/,
  ],
];

/** Opens a file as the app does, while this process counts its own turns: each would be a poll. */
async function failureOf(work: () => Promise<unknown>): Promise<{ words: string; longestMs: number }> {
  let lastMs = performance.now();
  let longestMs = 0;
  const turns = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 10);
  try {
    await work();
    return { words: 'It was opened.', longestMs };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    return { words: error.message, longestMs };
  } finally {
    clearInterval(turns);
  }
}

describe('A hostile file', () => {
  it.each(refused)('%s is refused in words, by inspection and by queries', async (_what, make, words) => {
    const file = path.join(temporaryFolder(), 'hostile.heron');
    make(file);
    const inspected = await failureOf(() => runFileTask(fileProcesses, { task: 'inspect', file }).result);
    expect(inspected.words).toMatch(words);
    const opened = await failureOf(() => openHistoryReadOnly({ file, workers: fileProcesses, readers: 1 }));
    expect(opened.words).toMatch(words);
    // Opening it here would have taken seconds, or for ever. A busy machine may keep this process waiting for a while as well.
    expect(Math.max(inspected.longestMs, opened.longestMs)).toBeLessThan(2000);
  });

  it.each([
    [
      'of an event nested a million times',
      'events',
      `replace(hex(zeroblob(500000)), '0', '[')`,
      /Event \d+ cannot be read/,
    ],
    [
      'of an event of 50 MB',
      'events',
      `json_object('a', hex(zeroblob(25000000)))`,
      /Event \d+ cannot be read/,
    ],
    ['that is no UTF-8', 'events', `CAST(x'7b2261223affff80fe7d' AS TEXT)`, /Event \d+ cannot be read/],
    [
      'of an inventory of 50 MB',
      'inventory_versions',
      `json_object('a', hex(zeroblob(25000000)))`,
      /Inventory version 1 cannot be read: it is too long/,
    ],
    [
      'of an inventory nested a million times',
      'inventory_versions',
      `replace(hex(zeroblob(500000)), '0', '[')`,
      /Inventory version 1 cannot be read/,
    ],
  ])('with a text %s is refused where that is read', async (_what, table, value, words) => {
    const file = path.join(temporaryFolder(), 'hostile.heron');
    tamper(genuine, file, (db: Database.Database) =>
      db.exec(`UPDATE ${table} SET body = ${value} WHERE id = 1`),
    );
    const history = await openHistoryReadOnly({ file, workers: fileProcesses, readers: 1 });
    const everything = { fromMs: 0, toMs: Date.UTC(9999, 11, 31) };
    const asked = await failureOf(() =>
      table === 'events'
        ? history.events({ clusterId: null, types: null, beforeId: null, limit: 1000 })
        : history.configurationChanges(everything),
    );
    expect(asked.words).toMatch(words);
    await history.close();
    const verified = await runFileTask(fileProcesses, { task: 'verify', file, key: null, anchor: null })
      .result;
    expect(verified.verdict.word).toBe('not-verified');
  });
});
