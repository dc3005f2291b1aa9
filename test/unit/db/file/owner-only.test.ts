import Database from 'better-sqlite3';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '../../../../db/file/back-up';
import { makeOwnerOnly, restrictAppData, restrictHistory } from '../../../../db/file/owner-only';
import { WriterSession } from '../../../../db/write/writer-session';

const nowMs = Date.UTC(2026, 10, 22, 12);
let folder: string;
let history: string;
const modeOf = (name: string): number => statSync(path.join(folder, name)).mode & 0o777;

// Windows has no such permissions: a file inherits its folder's.
describe.runIf(process.platform !== 'win32')('Permissions on POSIX', () => {
  let umask: number;
  beforeEach(() => {
    umask = process.umask(0);
    folder = mkdtempSync(path.join(tmpdir(), 'heron-modes-'));
    history = path.join(folder, 'history.sqlite');
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the owner’s alone for a history, all that lies next to it, and its backup', async () => {
    const session = WriterSession.open({ file: history, nowMs, version: 'test' });
    await backUp(
      { file: history, out: path.join(folder, 'copy.sqlite'), force: false },
      () => undefined,
      nowMs,
    );
    const names = readdirSync(folder);
    expect(names).toEqual(
      expect.arrayContaining(['history.sqlite-wal', 'history.sqlite-shm', 'history.sqlite.lock']),
    );
    for (const name of names) expect(modeOf(name), name).toBe(0o600);
    session.close();
    chmodSync(history, 0o664);
    expect(restrictHistory(history)).toEqual([history]);
    expect(restrictHistory(history)).toEqual([]);
    chmodSync(history, 0o644);
    WriterSession.open({ file: history, nowMs, version: 'test' }).leave();
    expect(modeOf('history.sqlite')).toBe(0o600);
  });

  it('of a file that is there are restricted without changing or locking it', () => {
    const db = new Database(history);
    db.exec('CREATE TABLE t (a); BEGIN IMMEDIATE');
    const before = readFileSync(history);
    chmodSync(history, 0o666);
    makeOwnerOnly(history);
    expect(modeOf('history.sqlite')).toBe(0o600);
    expect(readFileSync(history)).toEqual(before);
    db.close();
  });

  it('are restricted in the app’s data folder, but not of links and of what everybody shares', () => {
    const outside = path.join(folder, 'outside.json');
    const data = path.join(folder, 'data');
    mkdirSync(path.join(data, 'logs'), { recursive: true });
    for (const file of [outside, path.join(data, 'passwords.json'), path.join(data, 'logs', 'heron.log')])
      writeFileSync(file, '{}');
    symlinkSync(outside, path.join(data, 'linked.json'));
    expect(restrictAppData(data)).toHaveLength(4);
    expect(modeOf('data')).toBe(0o700);
    expect(modeOf('data/logs')).toBe(0o700);
    expect(modeOf('data/logs/heron.log')).toBe(0o600);
    expect(modeOf('data/passwords.json')).toBe(0o600);
    expect(modeOf('outside.json')).toBe(0o666);
    chmodSync(data, 0o1777);
    restrictAppData(data);
    expect(statSync(data).mode & 0o7777).toBe(0o1777);
  });
});
