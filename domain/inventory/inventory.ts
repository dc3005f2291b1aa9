import { z } from 'zod';
import {
  clusterEdgeSchema,
  clusterSchema,
  credentialSchema,
  inventorySchemaId,
  standaloneEdgeSchema,
  type InventoryFile,
} from './inventory-file';
import { metricsSourceSchema, sourceOf, type MetricsSource } from './metrics-source';
import { inventoryRenames } from './renames';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];

/** An SNMP credential: names its passwords and never contains them. */
export type Credential = InventoryFile['credentials'][number];

/** An edge as configured, with an id that survives renaming. `clusterId` is null for a standalone edge, which may name its own source. */
export type Edge = FileEdge & { id: string; clusterId: string | null; source?: string | undefined };

/** A cluster as configured, with an id that survives renaming. Its edges are numbered in the order of the file. */
export type Cluster = Omit<FileCluster, 'edges'> & { id: string; edges: Edge[] };

/** What is monitored: the content of the inventory file, with ids. */
export interface Inventory {
  credentials: Credential[];
  /** Engines through which clusters are read; absent: none. */
  sources?: MetricsSource[] | undefined;
  clusters: Cluster[];
  standaloneEdges: Edge[];
}

const ids = { id: z.string().min(1), clusterId: z.string().min(1).nullable() };

/** An inventory with ids, as sent to the window. It names where passwords are and never contains one. */
export const identifiedInventorySchema = z.object({
  credentials: z.array(credentialSchema),
  sources: z.array(metricsSourceSchema).optional(),
  clusters: z.array(
    clusterSchema.extend({ id: z.string().min(1), edges: z.array(clusterEdgeSchema.extend(ids)) }),
  ),
  standaloneEdges: z.array(standaloneEdgeSchema.extend(ids)),
});

/** Every edge of the inventory, clusters first, in order. */
export function allEdges(inventory: Inventory): Edge[] {
  return [...inventory.clusters.flatMap((cluster) => cluster.edges), ...inventory.standaloneEdges];
}

/** Whether Heron polls an edge itself, and no source does. */
export function isPolledHere(inventory: Inventory): (edge: Edge) => boolean {
  const { sources } = inventory;
  if (!sources || sources.length === 0) return () => true;
  const clusters = new Map(inventory.clusters.map((cluster) => [cluster.id, cluster]));
  return (edge) => sourceOf(edge.clusterId === null ? edge : clusters.get(edge.clusterId), sources) === null;
}

/** The edges that are read through a source. */
export function edgesThrough({ sources, clusters, standaloneEdges }: Inventory, name: string): Edge[] {
  const isRead = (row: { source?: string | undefined }): boolean => sourceOf(row, sources)?.name === name;
  return [...clusters.filter(isRead).flatMap(({ edges }) => edges), ...standaloneEdges.filter(isRead)];
}

/** The witness that the inventory names for a cluster; undefined where it names none. */
export function witnessOf(inventory: Inventory): (clusterId: string) => Cluster['witness'] {
  const named = new Map(inventory.clusters.map(({ id, witness }) => [id, witness]));
  return (clusterId) => named.get(clusterId);
}

/**
 * Assigns an id to every cluster and edge of a file: that of the same number at the vendor in `previous`, or of the same name, or of the
 * entry it was renamed from, otherwise one made from the name. Ids are unique; new ones also between clusters and edges.
 */
export function identifyInventory(file: InventoryFile, previous: Inventory | null): Inventory {
  const renames = previous && inventoryRenames(previous, file);
  const knownEdges = previous ? allEdges(previous) : [];
  const clusterIds = knownIds(previous?.clusters ?? [], renames?.clusters, knownEdges);
  const clusters = file.clusters.map((cluster) => ({ ...cluster, id: clusterIds(cluster) }));
  const edgeIds = knownIds(knownEdges, renames?.edges, clusters);
  const withEdgeId = (edge: FileEdge, clusterId: string | null): Edge => ({
    ...edge,
    id: edgeIds(edge),
    clusterId,
  });
  return {
    credentials: file.credentials,
    ...(file.sources ? { sources: file.sources } : {}),
    clusters: clusters.map((cluster) => ({
      ...cluster,
      edges: cluster.edges.map((edge) => withEdgeId(edge, cluster.id)),
    })),
    standaloneEdges: file.standaloneEdges.map((edge) => withEdgeId(edge, null)),
  };
}

/** The inventory as a file: without ids, to be written as JSON. */
export function toInventoryFile(inventory: Inventory): InventoryFile {
  const withoutIds = ({ id: _id, clusterId: _clusterId, ...edge }: Edge): FileEdge & Pick<Edge, 'source'> =>
    edge;
  // An edge that joined a cluster is read as the cluster is.
  const asMember = (edge: Edge): FileEdge => {
    const { source: _source, ...member } = withoutIds(edge);
    return member;
  };
  return {
    $schema: inventorySchemaId,
    credentials: inventory.credentials,
    ...(inventory.sources ? { sources: inventory.sources } : {}),
    clusters: inventory.clusters.map(({ id: _id, ...cluster }) => ({
      ...cluster,
      edges: cluster.edges.map(asMember),
    })),
    standaloneEdges: inventory.standaloneEdges.map(withoutIds),
  };
}

/** Ids are keys of plain objects, so inherited keys such as `constructor` cannot be ids. */
const neverIds = new Set(Object.getOwnPropertyNames(Object.prototype));

/** An unused id, made from a name. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  let id = name;
  for (let n = 2; taken.has(id) || neverIds.has(id); n += 1) id = `${name}~${n}`;
  return id;
}

interface Named {
  name: string;
  vendorId?: string | undefined;
}

function knownIds(
  known: readonly (Named & { id: string })[],
  renames: ReadonlyMap<string, string> | undefined,
  others: readonly { id: string }[],
): (entry: Named) => string {
  const byName = new Map(known.map((entry) => [entry.name, entry]));
  const byVendorId = new Map(known.map((entry) => [entry.vendorId, entry]));
  const taken = new Set([...known, ...others].map(({ id }) => id));
  const given = new Set<string>();
  return ({ name, vendorId }) => {
    const ofNumber = vendorId === undefined ? undefined : byVendorId.get(vendorId);
    const ofName = byName.get(renames?.get(name) ?? name);
    const isOther = ofName?.vendorId !== undefined && vendorId !== undefined && ofName.vendorId !== vendorId;
    const kept = ofNumber ?? (isOther ? undefined : ofName);
    const id = kept !== undefined && !given.has(kept.id) ? kept.id : freeId(name, taken);
    taken.add(id);
    given.add(id);
    return id;
  };
}

/** The id of a standalone edge's row, which differs from that of a cluster with the same id. */
export function standaloneRowId({ id }: Pick<Edge, 'id'>): string {
  return `edge:${id}`;
}

/** The id of the row of a cluster, or of a standalone edge. */
export function rowId(cluster: Cluster | null, edges: readonly Edge[]): string {
  return cluster?.id ?? (edges[0] ? standaloneRowId(edges[0]) : '');
}
