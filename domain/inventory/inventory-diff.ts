import { fieldInWords } from './field-names';
import type { InventoryFile } from './inventory-file';
import { edgeEntries } from './inventory-entries';
import { inventoryRenames } from './renames';

/** One changed field of an entry, in words. */
export interface FieldChange {
  field: string;
  from: string;
  to: string;
}

/** What importing a file would change, in words: `cluster "Frankfurt"`, `edge "fra-edge-1"`, `credential "noc"`. */
export interface InventoryDiff {
  added: string[];
  changed: { name: string; fields: FieldChange[] }[];
  removed: string[];
}

/**
 * Compares two inventories by name, as an import does. A cluster has changed when its fields or the order of its edges have; an
 * edge also when it moved to another cluster. A renamed cluster or edge has changed its name, and is listed by the new one.
 */
export function inventoryDiff(previous: InventoryFile | null, next: InventoryFile): InventoryDiff {
  const { before, after } = sideBySide(previous, next);
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    changed: [...after].flatMap(([name, fields]) => {
      const old = before.get(name);
      const changes = old ? changedFields(old, fields) : [];
      return changes.length > 0 ? [{ name, fields: changes }] : [];
    }),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  };
}

/** One field of one entry that a new version of the inventory changed, in words. Null: the entry or the field was not there. */
export interface ConfigurationChange {
  /** When the version came into force, UTC milliseconds. */
  atMs: number;
  entry: string;
  field: string;
  before: string | null;
  after: string | null;
}

/** Every field that differs between two inventories, those of added and removed entries included. */
export function configurationChanges(
  previous: InventoryFile | null,
  next: InventoryFile,
  atMs: number,
): ConfigurationChange[] {
  const { before, after } = sideBySide(previous, next);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((entry) => {
    const [old, now] = [before.get(entry), after.get(entry)];
    const fields = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
    return fields
      .filter((field) => old?.get(field) !== now?.get(field))
      .map((field) => ({
        atMs,
        entry,
        field: fieldInWords(field.split('.')),
        before: old?.get(field) ?? null,
        after: now?.get(field) ?? null,
      }));
  });
}

const none = 'none';

function changedFields(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): FieldChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => ({
      field: fieldInWords(key.split('.')),
      from: before.get(key) ?? none,
      to: after.get(key) ?? none,
    }));
}

type Entries = Map<string, Map<string, string>>;

/** The entries of both inventories by the names of the later one. */
function sideBySide(
  previous: InventoryFile | null,
  next: InventoryFile,
): { before: Entries; after: Entries } {
  const after = entries(next);
  if (!previous) return { before: new Map(), after };
  const renames = inventoryRenames(previous, next);
  const clusters = reversed(renames.clusters);
  const edges = reversed(renames.edges);
  const clusterName = (name: string): string => clusters.get(name) ?? name;
  const edgeName = (name: string): string => edges.get(name) ?? name;
  return { before: entries(previous, clusterName, edgeName), after };
}

function reversed(map: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...map].map(([key, value]) => [value, key]));
}

const asItIs = (name: string): string => name;

/** All named entries, with their fields by path. Where others refer to an entry, it has the name that the functions return. */
function entries(file: InventoryFile, clusterName = asItIs, edgeName = asItIs): Entries {
  return new Map([
    ...file.clusters.map(({ edges, ...cluster }): [string, Map<string, string>] => [
      `cluster "${clusterName(cluster.name)}"`,
      fieldsOf({ ...cluster, edges: edges.map(({ name }) => edgeName(name)).join(', ') }),
    ]),
    ...edgeEntries(file).map(({ edge, cluster }): [string, Map<string, string>] => [
      `edge "${edgeName(edge.name)}"`,
      fieldsOf({ ...edge, ...(cluster ? { cluster: clusterName(cluster.name) } : {}) }),
    ]),
    ...(file.sources ?? []).map((source): [string, Map<string, string>] => [
      `source "${source.name}"`,
      fieldsOf(source),
    ]),
    ...file.credentials.map((credential): [string, Map<string, string>] => [
      `credential "${credential.name}"`,
      fieldsOf(credential),
    ]),
  ]);
}

/** Heron's own ids, which are in no inventory file. */
const internalFields = new Set(['id', 'clusterId']);

function fieldsOf(value: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, string][] => {
      if (part === undefined || internalFields.has(key)) return [];
      const path = before === '' ? key : `${before}.${key}`;
      if (part !== null && typeof part === 'object') return [[path, 'asked'], ...fieldsOf(part, path)];
      if (typeof part === 'boolean') return [[path, part ? 'on' : 'off']];
      return [[path, String(part)]];
    }),
  );
}
