import { createHash } from 'node:crypto';
import { z } from 'zod';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { toInventoryFile, type Inventory } from '../../domain/inventory/inventory';
import { canonicalJson } from './canonical-json';

const identifiedEdge = z.looseObject({ id: z.string().min(1), clusterId: z.string().min(1).nullable() });
const identified = z.strictObject({
  credentials: z.array(z.unknown()),
  sources: z.array(z.unknown()).optional(),
  clusters: z.array(z.looseObject({ id: z.string().min(1), edges: z.array(identifiedEdge) })),
  standaloneEdges: z.array(identifiedEdge),
});

/**
 * Checks a whole inventory: its ids, and all else by the inventory file's own strict schema. What comes back holds
 * exactly what that schema names, so that nothing else (a resolved password, say) can reach the history. Throws a ZodError
 * that names the place.
 */
export function checkInventory(value: unknown): Inventory {
  const ids = identified.parse(value);
  const file = inventoryFileSchema.parse(toInventoryFile(value as Inventory));
  return {
    credentials: file.credentials,
    ...(file.sources ? { sources: file.sources } : {}),
    clusters: file.clusters.map((cluster, c) => ({
      ...cluster,
      id: nth(ids.clusters, c).id,
      edges: cluster.edges.map((edge, e) => ({ ...edge, ...idsOf(nth(nth(ids.clusters, c).edges, e)) })),
    })),
    standaloneEdges: file.standaloneEdges.map((edge, e) => ({
      ...edge,
      ...idsOf(nth(ids.standaloneEdges, e)),
    })),
  };
}

/** The text an inventory is stored as, and its SHA-256. */
export function inventoryRecord(inventory: Inventory): { body: string; sha256: Buffer } {
  const body = canonicalJson(inventory);
  return { body, sha256: createHash('sha256').update(body, 'utf8').digest() };
}

function idsOf({ id, clusterId }: z.infer<typeof identifiedEdge>): { id: string; clusterId: string | null } {
  return { id, clusterId };
}

function nth<T>(list: T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`There is no entry ${index} among ${list.length}`);
  return item;
}
