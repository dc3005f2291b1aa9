import Database from 'better-sqlite3';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputTarget } from '../../../../db/file/output-target';

let folder: string;
let history: string;
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'heron-output-')));
  history = at('history.sqlite');
  const db = new Database(history);
  db.exec('CREATE TABLE meta (key TEXT)');
  db.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('where an output file may be written', () => {
  it('is a new name, or an unrelated file that may be replaced', () => {
    expect(outputTarget(at('new.csv'), { replace: false })).toBe(at('new.csv'));
    writeFileSync(at('old.csv'), 'a;b');
    expect(() => outputTarget(at('old.csv'), { replace: false })).toThrow(/file of this name already/);
    expect(outputTarget(at('old.csv'), { replace: true })).toBe(at('old.csv'));
    // A support bundle holds an inventory, and may be saved again.
    writeFileSync(
      at('support.json'),
      JSON.stringify({ type: 'support', inventory: { standaloneEdges: [] } }),
    );
    expect(outputTarget(at('support.json'), { replace: true })).toBe(at('support.json'));
    symlinkSync(at('old.csv'), at('link.csv'));
    expect(() => outputTarget(at('link.csv'), { replace: false })).toThrow(/already/);
    expect(outputTarget(at('link.csv'), { replace: true })).toBe(at('old.csv'));
  });

  it.each([
    ['the history', () => history],
    ['a link to it', () => (symlinkSync(history, at('link')), at('link'))],
    ['a second name of it', () => (linkSync(history, at('second')), at('second'))],
    ['its log', () => `${history}-wal`],
    ['its index of the log', () => `${history}-shm`],
    ['its lock', () => `${history}.lock`],
    ['its key', () => `${history}.signing-key`],
    ['its key in other letters', () => at('HISTORY.sqlite.SIGNING-KEY')],
    [
      'its log through a linked folder',
      () => (symlinkSync(folder, at('here')), at('here/history.sqlite-wal')),
    ],
    ['a key ring', () => written('ring', '{"version":1,"secret":"x","former":[]}')],
    ['a key of another program', () => written('id', '-----BEGIN PRIVATE KEY-----\n')],
    ['a key in the keychain', () => written('history-key.json', '{"version":1,"encrypted":"eA=="}')],
    ['the passwords', () => written('passwords.json', '{"version":1,"passwords":{}}')],
    ['the trusted keys', () => written('trusted.json', '{"version":1,"keys":[{"fingerprint":"x"}]}')],
    ['an inventory', () => written('inventory.json', '// ours\n{"credentials":[],"clusters":[]}')],
    ['a folder', () => (mkdirSync(at('sub')), at('sub'))],
    ['a device', () => '/dev/null'],
    ['a link that leads nowhere', () => (symlinkSync(at('none'), at('lost')), at('lost'))],
  ])('is never %s', (_what, place) => {
    const before = readFileSync(history);
    expect(() => outputTarget(place(), { replace: true })).toThrow(/Nothing was written/);
    expect(readFileSync(history)).toEqual(before);
  });

  it('is no file that is in use, nor one next to it, although it is not there yet', () => {
    const used = { replace: true, inUse: [at('coming.sqlite')] };
    for (const name of ['coming.sqlite', 'COMING.sqlite', 'coming.sqlite-wal', 'coming.sqlite.lock'])
      expect(() => outputTarget(at(name), used)).toThrow(/in use/);
    expect(outputTarget(at('other.json'), used)).toBe(at('other.json'));
    linkSync(history, at('second'));
    const own = { replace: true, mayReplace: ['history'] as const, inUse: [history] };
    expect(() => outputTarget(at('second'), own)).toThrow(/in use/);
  });

  it('may be a history only for a backup, and never one that is open', () => {
    expect(outputTarget(history, { replace: true, mayReplace: ['history'] })).toBe(history);
    expect(() => outputTarget(history, { replace: true, mayReplace: ['incident file'] })).toThrow(
      /A history is there/,
    );
  });

  function written(name: string, text: string): string {
    writeFileSync(at(name), text);
    return at(name);
  }
});
