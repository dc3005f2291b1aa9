import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationFindings } from '../../../domain/inventory/configuration-findings';
import { identifyInventory, toInventoryFile } from '../../../domain/inventory/inventory';
import { inventoryDiff } from '../../../domain/inventory/inventory-diff';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { checkInventory, maxProblems, type InventoryCheck } from '../../../domain/inventory/inventory-rules';
import { secretUses } from '../../../domain/inventory/secret-uses';
import { readInventory } from '../../../monitor/inventory/read-inventory';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { mutateJson, pick, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';

const exampleFile = new URL('../../fixtures/inventories/example.json', import.meta.url);
const example: unknown = JSON.parse(readFileSync(exampleFile, 'utf8'));
const everyField = {
  credentials: [
    { name: 'noc', version: '3', user: 'noc', auth: { protocol: 'sha256', passwordSecret: 'noc auth' } },
    { name: 'old', version: '2c', communityEnv: 'HERON_COMMUNITY' },
  ],
  clusters: [],
  standaloneEdges: [
    {
      name: 'alone',
      deployment: 'standalone',
      proxyIp: '10.1.0.1',
      managementIp: '10.1.0.2',
      snmp: { credential: 'old' },
    },
  ],
};
const genuine = [example, everyField];
const texts = genuine.map((inventory) => JSON.stringify(inventory, null, 2));

/** As bytes, since a file need not be UTF-8. */
function mutated(dice: Dice): Buffer {
  const roll = dice();
  if (roll < 0.25) return mutate(Buffer.from(pick(texts, dice)), dice);
  const json = Buffer.from(JSON.stringify(mutateJson(pick(genuine, dice), dice)) ?? '');
  return roll < 0.9 ? json : mutate(json, dice);
}

/** A file that is accepted is as the schema says, and all that looks at inventories can look at it. */
function judge(check: InventoryCheck): void {
  if (!check.ok) {
    if (check.problems.length === 0 || check.problems.length > maxProblems + 1)
      throw new Error(`${check.problems.length} problems`);
    for (const { place, reason, todo } of check.problems)
      if (place === '' || reason === '' || todo === '') throw new Error(`A problem has no words: ${place}.`);
    return;
  }
  const inventory = identifyInventory(inventoryFileSchema.parse(check.file), null);
  configurationFindings(inventory);
  secretUses(inventory);
  const again = checkInventory(JSON.stringify(toInventoryFile(inventory)));
  if (!again.ok) throw new Error(`Written again, it is refused: ${JSON.stringify(again.problems[0])}`);
  const { added, changed, removed } = inventoryDiff(check.file, again.file);
  if (added.length + changed.length + removed.length > 0) throw new Error('Written again, it differs.');
}

describe('mutated inventory files', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-fuzz-inventory-'));
  const file = path.join(folder, 'inventory.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'are refused with the place, the reason and what to do, or are whole inventories',
    async () => {
      let accepted = 0;
      const inputs = fuzzInputs(fuzzShares.inventory);
      await runFuzz({ target: 'inventory', inputs, stream: 91 }, async (dice, input) => {
        const bytes = mutated(dice);
        // A file of its own for one in ten: the rest of the way is the same for all.
        if (input % 10 === 0) writeFileSync(file, bytes);
        const check = input % 10 === 0 ? await readInventory(file) : checkInventory(bytes.toString());
        if (check.ok) accepted += 1;
        judge(check);
      });
      expect(accepted).toBeGreaterThan(inputs / 100);
    },
    fuzzDeadlineMs,
  );
});
