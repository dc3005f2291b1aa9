import { inventoryFileSchema, type InventoryFile } from '../../domain/inventory/inventory-file';
import { writeFileDurablySync } from '../base/write-file';
import { readInventory } from './read-inventory';

/** The content of the file that was imported last, to which later changes are compared. */
export function importedFile(file: string) {
  return {
    /** Null: none was imported yet, or it cannot be read. */
    load: async (): Promise<InventoryFile | null> => {
      const result = await readInventory(file);
      return result.ok ? result.file : null;
    },
    save: (content: InventoryFile): void =>
      writeFileDurablySync(file, JSON.stringify(inventoryFileSchema.parse(content)), { replace: true }),
  };
}
