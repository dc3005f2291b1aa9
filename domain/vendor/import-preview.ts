import { z } from 'zod';
import { edgeEntries } from '../inventory/inventory-entries';
import { fieldWords } from '../inventory/field-names';
import type { InventoryFile } from '../inventory/inventory-file';
import type { CheckedImport } from './checked-import';
import type { VendorInventory } from './vendor-objects';

/** An import that removes more than this part of what was imported needs consent: more often the source is wrong than the fleet gone. */
export const mostRemovedShare = 0.5;

const fieldChangeSchema = z.object({ field: z.string(), from: z.string(), to: z.string() });
const changedSchema = z.object({ name: z.string(), fields: z.array(fieldChangeSchema) });

/** What an import would change. Each entry is in one of the lists. */
export const importPreviewSchema = z.object({
  /** Identifies this preview: an import is applied only as it was shown. */
  id: z.string(),
  readAtMs: z.number(),
  read: z.object({ clusters: z.number().int(), edges: z.number().int() }),
  /** `words`: where it is and how it is polled. */
  added: z.array(z.object({ name: z.string(), words: z.string() })),
  changed: z.array(changedSchema),
  removed: z.array(z.string()),
  renamed: z.array(changedSchema),
  /** At the vendor, and not in the new inventory, or not completely. */
  unresolved: z.array(z.object({ what: z.string(), reason: z.string(), todo: z.string() })),
  /** The part of what was imported earlier that is gone at the vendor, 0..1, where it is so large that it needs consent; null: it is not. */
  removedShare: z.number().nullable(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** The preview of an import. `id`: see the schema. */
export function importPreview(
  id: string,
  vendor: Pick<VendorInventory, 'readAtMs' | 'clusters' | 'edges'>,
  { file, diff, notices, removedShare }: CheckedImport,
): ImportPreview {
  const words = wordsOf(file);
  const isRenamed = ({ fields }: CheckedImport['diff']['changed'][number]): boolean =>
    fields.some(({ field }) => field === fieldWords['name']);
  return {
    id,
    readAtMs: vendor.readAtMs,
    read: { clusters: vendor.clusters.length, edges: vendor.edges.length },
    added: diff.added.map((name) => ({ name, words: words.get(name) ?? '' })),
    changed: diff.changed.filter((entry) => !isRenamed(entry)),
    removed: diff.removed,
    renamed: diff.changed.filter(isRenamed),
    unresolved: notices,
    removedShare: removedShare > mostRemovedShare ? removedShare : null,
  };
}

/** How many entries an import would change. */
export function changeCount({ added, changed, removed }: CheckedImport['diff']): number {
  return added.length + changed.length + removed.length;
}

/** "1 added, 2 changed": the kinds of change that there are. */
export function changeWords({ added, changed, removed }: CheckedImport['diff']): string {
  const counts = [
    [added.length, 'added'],
    [changed.length, 'changed'],
    [removed.length, 'removed'],
  ] as const;
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ');
}

/** Where each entry is and how it is polled, by its name in a diff. */
function wordsOf(file: InventoryFile): ReadonlyMap<string, string> {
  return new Map([
    ...file.clusters.map(({ name, clusterIp, edges, site }): [string, string] => [
      `cluster "${name}"`,
      `${clusterIp}, ${edges.length === 1 ? '1 edge' : `${edges.length} edges`}${site === undefined ? '' : `, ${site}`}`,
    ]),
    ...edgeEntries(file).map(({ edge, cluster }): [string, string] => [
      `edge "${edge.name}"`,
      `${edge.proxyIp}, ${cluster === null ? 'standalone' : `in ${cluster.name}`}, ${polledBy(edge)}`,
    ]),
  ]);
}

function polledBy({ snmp, http, managementIp }: InventoryFile['clusters'][number]['edges'][number]): string {
  const ways = [
    ...(snmp ? [`SNMP ${snmp.host ?? managementIp ?? ''} with ${snmp.credential}`] : []),
    ...(http ? ['HTTP'] : []),
  ];
  return ways.length === 0 ? 'not polled' : ways.join(' and ');
}
