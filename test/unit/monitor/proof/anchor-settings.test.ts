import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorSettings } from '../../../../monitor/proof/anchor-settings';
import type { Anchor } from '../../../../db/chain/anchor';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-anchors-'));
  file = path.join(folder, 'anchors.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = { id: 0, hash: '00'.repeat(32) };
const anchor: Anchor = {
  format: 'heron-anchor-1',
  historyId: 'x',
  atMs: 1,
  ledger: head,
  events: head,
  publicKey: null,
  signature: null,
};

describe('where the app anchors its histories', () => {
  it('is nowhere without settings, and the places that they name', () => {
    expect(anchorSettings(file)).toEqual([]);
    writeFileSync(file, '{"file": "/mnt/vault/heron.json", "url": "https://noc:secret@vault.example/a?k=1"}');
    expect(anchorSettings(file).map(({ where }) => where)).toEqual([
      path.resolve('/mnt/vault/heron.json'),
      'https://vault.example/a',
    ]);
  });

  it.each([
    ['{"url": "https://noc:secret@vault.example"', 'they are not JSON.'],
    ['{"file": 7}', 'file: Invalid input: expected string, received number.'],
    ['{"url": "ftp://noc:secret@vault.example"}', 'must be https'],
  ])(
    'is a place that keeps nothing where they are wrong, and says why without a password: %s',
    async (text, words) => {
      writeFileSync(file, text);
      const places = anchorSettings(file);
      expect(places).toHaveLength(1);
      const refusal: unknown = await places[0]?.put(anchor).catch((fault: unknown) => fault);
      expect(String(refusal)).toContain(`the settings in ${file} are wrong: ${words}`);
      expect(String(refusal)).not.toContain('secret');
    },
  );
});
