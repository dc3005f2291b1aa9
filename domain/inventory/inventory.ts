import { inventorySchemaId, type InventoryFile } from './inventory-file';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];

/** How an edge is reached by SNMP: the credential is a name, its passwords are never here. */
export type Credential = InventoryFile['credentials'][number];

/** An edge as configured, with an id that survives renaming. `clusterId` is null for a standalone edge. */
export type Edge = FileEdge & { id: string; clusterId: string | null };

/** A cluster as configured, with an id that survives renaming. Its edges are in the file's order: that is their number. */
export type Cluster = Omit<FileCluster, 'edges'> & { id: string; edges: Edge[] };

/** What is watched: the inventory file, with ids. */
export interface Inventory {
  credentials: Credential[];
  clusters: Cluster[];
  standaloneEdges: Edge[];
}

/** Every edge of the inventory, clusters first, in order. */
export function allEdges(inventory: Inventory): Edge[] {
  return [...inventory.clusters.flatMap((cluster) => cluster.edges), ...inventory.standaloneEdges];
}

/** Looks up the witness that the inventory names for a cluster; undefined where it names none. */
export function witnessOf(inventory: Inventory): (clusterId: string) => Cluster['witness'] {
  const named = new Map(inventory.clusters.map(({ id, witness }) => [id, witness]));
  return (clusterId) => named.get(clusterId);
}

/**
 * Gives every cluster and edge of a file its id: the one it had in `previous` under the same name, else one made from
 * the name. An id is never handed out twice.
 */
export function identifyInventory(file: InventoryFile, previous: Inventory | null): Inventory {
  const clusterIds = knownIds(previous?.clusters ?? []);
  const edgeIds = knownIds(previous ? allEdges(previous) : []);
  const withEdgeId = (edge: FileEdge, clusterId: string | null): Edge => ({
    ...edge,
    id: edgeIds(edge.name),
    clusterId,
  });
  return {
    credentials: file.credentials,
    clusters: file.clusters.map((cluster) => {
      const id = clusterIds(cluster.name);
      return { ...cluster, id, edges: cluster.edges.map((edge) => withEdgeId(edge, id)) };
    }),
    standaloneEdges: file.standaloneEdges.map((edge) => withEdgeId(edge, null)),
  };
}

/** The inventory as a file again: without ids, ready to be written as JSON. */
export function toInventoryFile(inventory: Inventory): InventoryFile {
  const withoutIds = ({ id: _id, clusterId: _clusterId, ...edge }: Edge): FileEdge => edge;
  return {
    $schema: inventorySchemaId,
    credentials: inventory.credentials,
    clusters: inventory.clusters.map(({ id: _id, ...cluster }) => ({
      ...cluster,
      edges: cluster.edges.map(withoutIds),
    })),
    standaloneEdges: inventory.standaloneEdges.map(withoutIds),
  };
}

/** Ids are keys of plain objects: what every object already has (`constructor`) cannot be one. */
const neverIds = new Set(Object.getOwnPropertyNames(Object.prototype));

/** An id that is not taken, made from a name. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  let id = name;
  for (let n = 2; taken.has(id) || neverIds.has(id); n += 1) id = `${name}~${n}`;
  return id;
}

function knownIds(known: { id: string; name: string }[]): (name: string) => string {
  const byName = new Map(known.map((entry) => [entry.name, entry.id]));
  const taken = new Set(byName.values());
  return (name) => {
    const kept = byName.get(name);
    if (kept !== undefined) return kept;
    const id = freeId(name, taken);
    taken.add(id);
    return id;
  };
}
