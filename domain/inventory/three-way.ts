import type { InventoryFile } from './inventory-file';
import { mergeInventories, type MergeConflict } from './merge-inventories';

/** Whose value counts where both sides changed the same. */
export type Preferred = 'here' | 'file';

/**
 * Brings the changes of a file into an inventory that was changed, too: a three-way merge with `base`, what the two began with. Conflicts have the
 * value here as `mine` and that of the file as `theirs`, whoever is preferred.
 */
export function mergeFile(
  base: InventoryFile,
  here: InventoryFile,
  file: InventoryFile,
  preferred: Preferred = 'here',
): { file: InventoryFile; conflicts: MergeConflict[] } {
  if (preferred === 'here') return mergeInventories(base, here, file);
  const merged = mergeInventories(base, file, here);
  const conflicts = merged.conflicts.map(({ mine, theirs, ...at }) => ({
    ...at,
    mine: theirs,
    theirs: mine,
  }));
  return { file: merged.file, conflicts };
}
