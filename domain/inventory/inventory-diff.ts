import type { InventoryFile } from './inventory-file';
import { edgeEntries } from './inventory-entries';

/** What taking a file in would do, in words: `cluster "Frankfurt"`, `edge "fra-edge-1"`, `credential "noc"`. */
export interface InventoryDiff {
  added: string[];
  changed: string[];
  removed: string[];
}

/**
 * Compares two inventories by name, the way they are taken in. A cluster has changed when its own fields or the order of
 * its edges have; an edge also when it moved to another cluster. Something renamed is removed and added.
 */
export function inventoryDiff(previous: InventoryFile | null, next: InventoryFile): InventoryDiff {
  const before = previous ? entries(previous) : new Map<string, string>();
  const after = entries(next);
  const named = [...after.keys()];
  return {
    added: named.filter((name) => !before.has(name)),
    changed: named.filter((name) => before.has(name) && before.get(name) !== after.get(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  };
}

/** Everything that has a name, with its content as one comparable text. */
function entries(file: InventoryFile): Map<string, string> {
  return new Map([
    ...file.clusters.map(({ edges, ...cluster }): [string, string] => [
      `cluster "${cluster.name}"`,
      canonical({ ...cluster, edges: edges.map(({ name }) => name) }),
    ]),
    ...edgeEntries(file).map(({ edge, cluster }): [string, string] => [
      `edge "${edge.name}"`,
      canonical({ ...edge, cluster: cluster?.name ?? null }),
    ]),
    ...file.credentials.map((credential): [string, string] => [
      `credential "${credential.name}"`,
      canonical(credential),
    ]),
  ]);
}

/** JSON with the keys in one order: what was only written in another order has not changed. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
