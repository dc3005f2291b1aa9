import { z } from 'zod';
import { inventoryFileSchema, inventorySchemaId } from './inventory-file';

/**
 * The published JSON Schema (2020-12) of the inventory file, as text. It describes the input: fields with a default may be left
 * out. Rules between entries are not in it; `heron inventory check` applies them.
 */
export function inventoryJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(inventoryFileSchema, { io: 'input' });
  const titled = { $schema, $id: inventorySchemaId, title: 'Heron inventory', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
