import { fieldInWords } from './field-names';
import type { InventoryFile } from './inventory-file';
import { inventoryRenames } from './renames';

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

/** An entry as fields; of an edge, `cluster` is the key of its cluster. */
type Fields = Readonly<Record<string, unknown>>;
/** Entries by key: the name in `base`, so that what one side renamed stays the same entry. */
type Entries = ReadonlyMap<string, Fields>;

/**
 * Three-way merge of two inventories that were both changed since `base`, entry by entry and field by field, the name among them. What only one side
 * changed is taken from it. An entry that one side removed is removed unless the other side changed it, which is a conflict.
 */
export function mergeInventories(
  base: InventoryFile,
  mine: InventoryFile,
  theirs: InventoryFile,
): MergedInventory {
  const conflicts: MergeConflict[] = [];
  const renamed = new Map([mine, theirs].map((file) => [file, inventoryRenames(base, file)]));
  const merged = (
    kind: string,
    entriesOf: (file: InventoryFile, keys: Keys) => Entries,
  ): [string, Fields][] => {
    const [old, own, other] = [base, mine, theirs].map((file) =>
      entriesOf(file, renamed.get(file) ?? noRenames),
    );
    const result = mergeEntries(kind, old ?? new Map(), own ?? new Map(), other ?? new Map());
    conflicts.push(...result.conflicts);
    return result.entries;
  };
  const named = (kind: string, entriesOf: (file: InventoryFile) => Entries): Fields[] =>
    merged(kind, entriesOf).map(([, fields]) => fields);
  const credentials = named('credential', ({ credentials }) => byKey(credentials));
  const sources = named('source', ({ sources: all = [] }) => byKey(all));
  const clusters = merged('cluster', clustersByKey);
  const edges = merged('edge', edgesByKey).map(([, fields]) => fields);
  const placed = inExistingClusters(clusters, edges, clustersByKey(mine, renamed.get(mine) ?? noRenames));
  conflicts.push(...placed.conflicts);
  const inCluster = (key: unknown) =>
    placed.edges.filter(({ cluster }) => cluster === key).map(withoutCluster);
  const file = {
    ...mine,
    credentials: credentials as InventoryFile['credentials'],
    ...(sources.length > 0 ? { sources: sources as InventoryFile['sources'] } : {}),
    clusters: placed.clusters.map(([key, cluster]) => ({
      ...cluster,
      edges: inCluster(key),
    })) as FileCluster[],
    standaloneEdges: inCluster(undefined) as InventoryFile['standaloneEdges'],
  };
  return { file, conflicts };
}

/** One side removed a cluster, the other added or changed an edge in it: a conflict, in which the cluster is as it is in `mine`. */
function inExistingClusters(clusters: [string, Fields][], edges: Fields[], mine: Entries) {
  const names = new Set<unknown>(clusters.map(([key]) => key));
  const missing = new Set(
    edges.flatMap(({ cluster }) => (cluster === undefined || names.has(cluster) ? [] : [cluster])),
  );
  const kept = [...mine].filter(([key]) => missing.has(key));
  const there = new Set<unknown>([...names, ...kept.map(([key]) => key), undefined]);
  return {
    clusters: [...clusters, ...kept],
    edges: edges.filter(({ cluster }) => there.has(cluster)),
    conflicts: [...missing].map((name): MergeConflict => {
      const [own, other] = there.has(name) ? ['changed', 'removed'] : ['removed', 'changed'];
      return { entry: `cluster "${String(name)}"`, field: null, mine: own ?? null, theirs: other ?? null };
    }),
  };
}

/** The new names of clusters and edges, and the names that they had in `base`. */
type Keys = ReturnType<typeof inventoryRenames>;
const noRenames: Keys = { clusters: new Map(), edges: new Map() };

function byKey(entries: readonly { name: string }[], keys: ReadonlyMap<string, string> = new Map()): Entries {
  return new Map(entries.map((entry) => [keys.get(entry.name) ?? entry.name, entry]));
}

function clustersByKey({ clusters }: InventoryFile, keys: Keys): Entries {
  return byKey(
    clusters.map(({ edges: _, ...own }) => own),
    keys.clusters,
  );
}

function edgesByKey({ clusters, standaloneEdges }: InventoryFile, keys: Keys): Entries {
  const members = clusters.flatMap(({ name, edges }) =>
    edges.map((edge: FileEdge) => ({ ...edge, cluster: keys.clusters.get(name) ?? name })),
  );
  return byKey([...members, ...standaloneEdges], keys.edges);
}

function withoutCluster({ cluster: _, ...edge }: Fields): Fields {
  return edge;
}

function mergeEntries(kind: string, base: Entries, mine: Entries, theirs: Entries) {
  const entries: [string, Fields][] = [];
  const conflicts: MergeConflict[] = [];
  for (const name of new Set([...theirs.keys(), ...mine.keys()])) {
    const entry = `${kind} "${name}"`;
    const [old, own, other] = [base.get(name), mine.get(name), theirs.get(name)];
    if (own && other) {
      const both = mergeFields(entry, old ?? {}, own, other);
      entries.push([name, both.fields]);
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
    entries.push([name, left]);
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
