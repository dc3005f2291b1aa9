import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInventory } from '../../../../monitor/inventory/read-inventory';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-inventory-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The one problem of a file with this content. */
async function problemOf(name: string, content: string | Uint8Array | null) {
  const file = path.join(folder, name);
  if (content !== null) writeFileSync(file, content);
  const check = await readInventory(file);
  return check.ok ? null : check.problems[0];
}

describe('readInventory', () => {
  it('reads the example', async () => {
    const file = new URL('../../../fixtures/inventories/example.json', import.meta.url).pathname;
    expect(await readInventory(file)).toMatchObject({
      ok: true,
      file: { clusters: [{ name: 'Frankfurt' }] },
    });
  });

  it('says what is wrong with the file itself', async () => {
    expect(await problemOf('gone.json', null)).toMatchObject({
      place: 'the whole file',
      reason: 'There is no such file.',
    });
    mkdirSync(path.join(folder, 'folder'));
    expect((await problemOf('folder', null))?.reason).toBe('This is a folder.');
    expect((await problemOf('empty.json', ''))?.reason).toContain('the file ends too early');
    const utf16 = Buffer.from('\uFEFF{"clusters": []}', 'utf16le');
    expect((await problemOf('utf16.json', utf16))?.reason).toBe('This is not UTF-8 text.');
  });

  it('does not read what is too large, also where the size is not told beforehand', async () => {
    const large = path.join(folder, 'large.json');
    writeFileSync(large, '');
    truncateSync(large, 5_000_000_000);
    expect((await problemOf('large.json', null))?.reason).toBe('4768.4 MB: an inventory has at most 20 MB.');
    const endless = await readInventory('/dev/zero');
    expect(endless.ok || endless.problems[0]?.reason).toContain('at most 20 MB');
  });
});
