import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorText, parseAnchor, type Anchor } from '../../../../db/chain/anchor';
import { anchorFile, refuseOtherThanAnchor } from '../../../../monitor/proof/anchor-places';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-anchors-'));
  file = path.join(folder, 'anchor.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = { id: 0, hash: '00'.repeat(32) };
const anchor: Anchor = {
  format: 'heron-anchor-1',
  historyId: 'ours',
  atMs: 1,
  ledger: head,
  events: head,
  publicKey: null,
  signature: null,
};

describe('An anchor file', () => {
  it('is replaced by a later anchor of the same history, and is its owner’s alone', async () => {
    await anchorFile(file).put(anchor);
    await anchorFile(file).put({ ...anchor, atMs: 2 });
    expect(parseAnchor(readFileSync(file, 'utf8')).atMs).toBe(2);
    expect(readdirSync(folder)).toEqual(['anchor.json']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a note', 'buy milk'],
    ['nothing', ''],
    ['a history', 'SQLite format 3\0'],
    ['the anchor of another history', anchorText({ ...anchor, historyId: 'theirs' })],
  ])('that holds %s stays as it is', async (_what, text) => {
    writeFileSync(file, text);
    await expect(anchorFile(file).put(anchor)).rejects.toThrow(/Choose another file/);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['anchor.json']);
  });

  it('is refused before a run when it holds something else, or belongs to the history', () => {
    const history = path.join(folder, 'history.sqlite');
    expect(() => refuseOtherThanAnchor(file, [history])).not.toThrow();
    expect(() => refuseOtherThanAnchor(path.join(folder, 'none', 'a'), [history])).not.toThrow();
    for (const name of [history, `${history}-wal`, `${history}.signing-key`])
      expect(() => refuseOtherThanAnchor(name, [history])).toThrow(/in use/);
    writeFileSync(file, 'buy milk');
    expect(() => refuseOtherThanAnchor(file, [history])).toThrow(/not an anchor: it is not JSON/);
    writeFileSync(file, anchorText(anchor));
    expect(() => refuseOtherThanAnchor(file, [history])).not.toThrow();
  });
});
