import { fieldInWords } from './field-names';
import type { InventoryFile } from './inventory-file';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];

/** A value that both sides changed, and differently. */
export interface MergeConflict {
  /** Such as `cluster "Frankfurt"`. */
  entry: string;
  /** The field in words; null: one side removed the entry and the other changed it. */
  field: string | null;
  mine: string | null;
  theirs: string | null;
}

export interface MergedInventory {
  /** With the values of `mine` where there are conflicts. Not checked: see `ruleFaults`. */
  file: InventoryFile;
  conflicts: MergeConflict[];
}

/** An entry as fields, the cluster of an edge among them. */
type Fields = Readonly<Record<string, unknown>>;
type Entries = ReadonlyMap<string, Fields>;

/**
 * Three-way merge of two inventories that were both changed since `base`, entry by entry by name and field by field. What only one side
 * changed is taken from it. An entry that one side removed is removed unless the other side changed it, which is a conflict.
 */
export function mergeInventories(
  base: InventoryFile,
  mine: InventoryFile,
  theirs: InventoryFile,
): MergedInventory {
  const conflicts: MergeConflict[] = [];
  const merged = (kind: string, entriesOf: (file: InventoryFile) => Entries): Fields[] => {
    const result = mergeEntries(kind, entriesOf(base), entriesOf(mine), entriesOf(theirs));
    conflicts.push(...result.conflicts);
    return result.entries;
  };
  const credentials = merged('credential', ({ credentials }) => byName(credentials));
  const clusters = merged('cluster', ({ clusters }) => byName(clusters.map(({ edges: _, ...own }) => own)));
  const sources = merged('source', ({ sources: all = [] }) => byName(all));
  const edges = merged('edge', edgesByName);
  const placed = inExistingClusters(clusters, edges, mine);
  conflicts.push(...placed.conflicts);
  const inCluster = (name: unknown) =>
    placed.edges.filter(({ cluster }) => cluster === name).map(withoutCluster);
  const file = {
    ...mine,
    credentials: credentials as InventoryFile['credentials'],
    ...(sources.length > 0 ? { sources: sources as InventoryFile['sources'] } : {}),
    clusters: placed.clusters.map((cluster) => ({
      ...cluster,
      edges: inCluster(cluster['name']),
    })) as FileCluster[],
    standaloneEdges: inCluster(undefined) as InventoryFile['standaloneEdges'],
  };
  return { file, conflicts };
}

/** One side removed a cluster, the other added or changed an edge in it: a conflict, in which the cluster is as it is in `mine`. */
function inExistingClusters(clusters: Fields[], edges: Fields[], mine: InventoryFile) {
  const names = new Set(clusters.map(({ name }) => name));
  const missing = new Set(
    edges.flatMap(({ cluster }) => (cluster === undefined || names.has(cluster) ? [] : [cluster])),
  );
  const kept = mine.clusters.flatMap(({ edges: _, ...own }) => (missing.has(own.name) ? [own] : []));
  const there = new Set<unknown>([...names, ...kept.map(({ name }) => name), undefined]);
  return {
    clusters: [...clusters, ...kept],
    edges: edges.filter(({ cluster }) => there.has(cluster)),
    conflicts: [...missing].map((name): MergeConflict => {
      const [own, other] = there.has(name) ? ['changed', 'removed'] : ['removed', 'changed'];
      return { entry: `cluster "${String(name)}"`, field: null, mine: own ?? null, theirs: other ?? null };
    }),
  };
}

function byName(entries: readonly { name: string }[]): Entries {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function edgesByName({ clusters, standaloneEdges }: InventoryFile): Entries {
  const members = clusters.flatMap(({ name, edges }) =>
    edges.map((edge: FileEdge) => ({ ...edge, cluster: name })),
  );
  return byName([...members, ...standaloneEdges]);
}

function withoutCluster({ cluster: _, ...edge }: Fields): Fields {
  return edge;
}

function mergeEntries(kind: string, base: Entries, mine: Entries, theirs: Entries) {
  const entries: Fields[] = [];
  const conflicts: MergeConflict[] = [];
  for (const name of new Set([...theirs.keys(), ...mine.keys()])) {
    const entry = `${kind} "${name}"`;
    const [old, own, other] = [base.get(name), mine.get(name), theirs.get(name)];
    if (own && other) {
      const both = mergeFields(entry, old ?? {}, own, other);
      entries.push(both.fields);
      conflicts.push(...both.conflicts);
      continue;
    }
    const left = own ?? other;
    if (!left || (old && isSame(old, left))) continue;
    if (old) {
      const words = (fields: Fields | undefined) => (fields ? 'changed' : 'removed');
      conflicts.push({ entry, field: null, mine: words(own), theirs: words(other) });
      if (!own) continue;
    }
    entries.push(left);
  }
  return { entries, conflicts };
}

function mergeFields(entry: string, base: Fields, mine: Fields, theirs: Fields) {
  const conflicts: MergeConflict[] = [];
  const fields: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [old, own, other] = [base[key], mine[key], theirs[key]];
    const takesOther = isSame(own, old) || isSame(own, other);
    if (!takesOther && !isSame(other, old))
      conflicts.push({ entry, field: fieldInWords([key]), mine: inWords(own), theirs: inWords(other) });
    const value = takesOther ? other : own;
    if (value !== undefined) fields[key] = value;
  }
  return { fields, conflicts };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with sorted keys, so that the order of fields in a file is no change. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function inWords(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
