import type { InventoryPreview } from '../../domain/contract/inventory-contract';
import { RequestRefused } from '../../domain/contract/request-refused';
import { toInventoryFile, type Inventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { placeInWords } from '../../domain/inventory/inventory-problem';
import { ruleFaults } from '../../domain/inventory/inventory-rules';
import { mergeFile, type Preferred } from '../../domain/inventory/three-way';
import { previewOf } from './inventory-file';

export interface PlannedFileImport {
  file: InventoryFile;
  preview: InventoryPreview;
}

/**
 * What importing a file leads to. Where the inventory here was changed since the last import of a file (`base`; null: there was none), both changes
 * are kept: a three-way merge. @throws RequestRefused where both are correct, but not together
 */
export function planFileImport(
  name: string,
  content: InventoryFile,
  { stored, base }: { stored: Inventory | null; base: InventoryFile | null },
  preferred: Preferred = 'here',
): PlannedFileImport {
  if (stored === null || base === null)
    return { file: content, preview: { ...previewOf(name, content, stored), conflicts: [] } };
  const { file, conflicts } = mergeFile(base, toInventoryFile(stored), content, preferred);
  const faults = ruleFaults(file);
  if (faults.length > 0)
    throw new RequestRefused({
      what: 'The file and the changes made here are correct, but not both together. Nothing was changed.',
      where: name,
      todo: 'Correct one of them, or remove what was added here.',
      faults: faults
        .slice(0, 20)
        .map(({ path, reason, todo }) => `${placeInWords(file, path)}: ${reason} ${todo}`),
    });
  return { file, preview: { ...previewOf(name, file, stored), conflicts } };
}
