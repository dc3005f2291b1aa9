import { plural } from '../../domain/words/amount';
import { inventoryDiff } from '../../domain/inventory/inventory-diff';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { faultLine, type InventoryProblem } from '../../domain/inventory/inventory-problem';
import { toInventoryFile, type Inventory } from '../../domain/inventory/inventory';
import type { RequestResult } from '../../domain/contract/contract';
import { outputTarget } from '../../db/file/output-target';
import { writeFileDurably } from '../base/write-file';
import { readInventory } from './read-inventory';
import { RequestRefused } from '../../domain/contract/request-refused';

const maxListed = 100;

/** An inventory file that has errors, or cannot be read. */
export class InventoryRefused extends RequestRefused {
  constructor(file: string, problems: readonly InventoryProblem[]) {
    const more = problems.length - maxListed;
    const unusable = problems.length === 1 && problems[0]?.line === null;
    super({
      what: `The inventory file ${unusable ? 'cannot be used' : `has ${plural(problems.length, 'error')}`}. Nothing was started and nothing was changed.`,
      where: file,
      todo: `Fix the file and try again${more > 0 ? ', or list every error with heron inventory check' : ''}.`,
      faults: [
        ...problems.slice(0, maxListed).map(faultLine),
        ...(more > 0 ? [`${more} more not listed here.`] : []),
      ],
    });
  }
}

/** The checked content of an inventory file; throws `InventoryRefused`, which names each place, reason and what to do. */
export async function inventoryOf(file: string): Promise<InventoryFile> {
  const check = await readInventory(file);
  if (check.ok) return check.file;
  throw new InventoryRefused(file, check.problems);
}

/** What importing a file would change, compared with the stored inventory. */
export function previewOf(
  file: string,
  content: InventoryFile,
  stored: Inventory | null,
): Omit<RequestResult<'inventory.import'>, 'conflicts'> {
  return { file, ...inventoryDiff(stored === null ? null : toInventoryFile(stored), content) };
}

/** Writes an inventory as a file that can be imported again: completely, or not at all. The files `inUse` are never replaced. */
export async function writeInventory(
  file: string,
  inventory: Inventory,
  inUse: readonly string[] = [],
): Promise<void> {
  try {
    const target = outputTarget(file, { replace: true, mayReplace: ['inventory'], inUse });
    const text = `${JSON.stringify(toInventoryFile(inventory), null, 2)}\n`;
    await writeFileDurably(target, text, { replace: true });
  } catch (fault) {
    throw new RequestRefused({
      what: 'The inventory was not saved.',
      where: file,
      todo: `Choose another place. ${fault instanceof Error ? fault.message : String(fault)}`,
    });
  }
}
