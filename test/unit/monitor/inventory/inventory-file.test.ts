import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import {
  inventoryOf,
  InventoryRefused,
  previewOf,
  writeInventory,
} from '../../../../monitor/inventory/inventory-file';

const example = path.resolve(import.meta.dirname, '../../../fixtures/inventories/example.json');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-inventory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('inventory files', () => {
  it('come back as they were written, and then change nothing', async () => {
    const inventory = identifyInventory(await inventoryOf(example), null);
    const file = path.join(folder, 'copy.json');
    await writeInventory(file, inventory);
    expect(readdirSync(folder)).toEqual(['copy.json']);
    const preview = previewOf(file, await inventoryOf(file), inventory);
    expect(preview).toEqual({ file, added: [], changed: [], removed: [] });
  });

  it('say what they would change', async () => {
    const content = await inventoryOf(example);
    const preview = previewOf('new.json', content, null);
    expect(preview.added).toContain('cluster "Frankfurt"');
    const without = { ...content, clusters: content.clusters.slice(1) };
    expect(previewOf('new.json', without, identifyInventory(content, null)).removed).toContain(
      'cluster "Frankfurt"',
    );
  });

  it('that are wrong are refused with file, place and reason, and a bounded number of lines', async () => {
    const file = path.join(folder, 'wrong.json');
    writeFileSync(file, readFileSync(example, 'utf8').replaceAll(/"10\.[\d.]+"/g, '"10.0.0.1000"'));
    await expect(inventoryOf(file)).rejects.toMatchObject({
      failure: {
        where: file,
        what: expect.stringMatching(/^The inventory file has \d+ errors\. Nothing was started/),
        faults: expect.arrayContaining([expect.stringMatching(/^Line \d+: clusters\[0\]/)]),
      },
    });
  });

  it('that have hundreds of errors list a hundred, count all, and name the file once', () => {
    const problems = Array.from({ length: 340 }, (_, at) => ({
      place: `clusters[${at}]`,
      line: at + 1,
      reason: 'Wrong.',
      todo: 'Fix it.',
    }));
    const { what, faults = [] } = new InventoryRefused('/big.json', problems).failure;
    expect(what).toContain('has 340 errors');
    expect(faults).toHaveLength(101);
    expect(faults[0]).toBe('Line 1: clusters[0]: Wrong. Fix it.');
    expect(faults.at(-1)).toBe('240 more not listed here.');
    expect(faults.join()).not.toContain('big.json');
  });

  it('that cannot be read or written are words too', async () => {
    await expect(inventoryOf(path.join(folder, 'none.json'))).rejects.toThrow(/no such file/);
    const inventory = identifyInventory(await inventoryOf(example), null);
    await expect(writeInventory(path.join(folder, 'none', 'x.json'), inventory)).rejects.toThrow(
      /was not saved/,
    );
  });
});
