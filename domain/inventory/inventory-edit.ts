import { z } from 'zod';
import { allEdges, freeId, type Cluster, type Edge, type Inventory } from './inventory';
import { clusterEdgeSchema, clusterSchema, credentialSchema, standaloneEdgeSchema } from './inventory-file';
import { metricsSourceSchema } from './metrics-source';
import { putSource, removeSource } from './source-edit';

const id = z.string().min(1).nullable().describe('Null: not in the inventory yet.');
const idOf = z.string().min(1);
const newCredentials = z
  .array(credentialSchema)
  .max(20)
  .describe('Credentials that come with it, and are not in the inventory yet.');

/**
 * One change of an inventory, by ids, so that renaming keeps the identity. A standalone edge in a cluster's list joins the
 * cluster; an edge no longer in the list becomes standalone.
 */
export const inventoryEditSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('put-cluster'),
    id,
    cluster: clusterSchema.extend({ edges: z.array(clusterEdgeSchema.extend({ id })).max(16) }),
    newCredentials,
  }),
  z.object({
    kind: z.literal('put-member'),
    id,
    clusterId: idOf,
    edge: clusterEdgeSchema,
    newCredentials,
  }),
  z.object({ kind: z.literal('put-standalone'), id, edge: standaloneEdgeSchema, newCredentials }),
  z.object({ kind: z.literal('remove-cluster'), id: idOf }),
  z.object({ kind: z.literal('remove-edge'), id: idOf }),
  z.object({
    kind: z.literal('put-credential'),
    /** Its current name; null: a new credential. */
    name: z.string().nullable(),
    credential: credentialSchema,
  }),
  z.object({ kind: z.literal('remove-credential'), name: z.string() }),
  z.object({
    kind: z.literal('put-source'),
    /** Its current name; null: a new source. */
    name: z.string().nullable(),
    source: metricsSourceSchema,
    /** What is read through it, by id; everything else is not. */
    clusterIds: z.array(idOf).max(10_000),
    edgeIds: z.array(idOf).max(100_000),
    /** Takes out what Heron would poll of these edges besides, which is refused otherwise. */
    dropsOwnPolls: z.boolean(),
  }),
  z.object({ kind: z.literal('remove-source'), name: z.string() }),
]);
export type InventoryEdit = z.infer<typeof inventoryEditSchema>;
type Put<K extends InventoryEdit['kind']> = Extract<InventoryEdit, { kind: K }>;

/** Applies a change to an inventory. Does not validate it: see draft-faults.ts. */
export function applyEdit(inventory: Inventory, edit: InventoryEdit): Inventory {
  switch (edit.kind) {
    case 'put-cluster':
      return withCredentials(putCluster(inventory, edit), edit.newCredentials);
    case 'put-member':
    case 'put-standalone':
      return withCredentials(putEdge(inventory, edit), edit.newCredentials);
    case 'remove-cluster':
      return { ...inventory, clusters: inventory.clusters.filter((cluster) => cluster.id !== edit.id) };
    case 'remove-edge':
      return withoutEdges(inventory, new Set([edit.id]));
    case 'put-credential':
      return putCredential(inventory, edit);
    case 'remove-credential':
      return {
        ...inventory,
        credentials: inventory.credentials.filter((credential) => credential.name !== edit.name),
      };
    case 'put-source':
      return putSource(inventory, edit);
    case 'remove-source':
      return removeSource(inventory, edit.name);
  }
}

function putCluster(inventory: Inventory, edit: Put<'put-cluster'>): Inventory {
  const before = inventory.clusters.find((cluster) => cluster.id === edit.id);
  const clusterId = before?.id ?? freeId(edit.cluster.name, takenIds(inventory));
  const taken = takenIds(inventory).add(clusterId);
  const edges = edit.cluster.edges.map((edge): Edge => {
    const edgeId = edge.id ?? freeId(edge.name, taken);
    taken.add(edgeId);
    return { ...edge, id: edgeId, clusterId, deployment: 'cluster' };
  });
  const ids = new Set(edges.map((edge) => edge.id));
  const leaving = (before?.edges ?? []).filter((edge) => !ids.has(edge.id)).map(standingAlone);
  const cluster: Cluster = { ...edit.cluster, id: clusterId, edges };
  const rest = withoutEdges(inventory, ids);
  return {
    ...rest,
    clusters: before
      ? rest.clusters.map((each) => (each.id === clusterId ? cluster : each))
      : [...rest.clusters, cluster],
    standaloneEdges: [...rest.standaloneEdges, ...leaving],
  };
}

function putEdge(inventory: Inventory, edit: Put<'put-member' | 'put-standalone'>): Inventory {
  const id = edit.id ?? freeId(edit.edge.name, takenIds(inventory));
  const clusterId = edit.kind === 'put-member' ? edit.clusterId : null;
  const edge: Edge = { ...edit.edge, id, clusterId };
  const place = inventory.clusters.find((cluster) => cluster.edges.some((each) => each.id === id));
  const stays =
    clusterId === null ? inventory.standaloneEdges.some((each) => each.id === id) : place?.id === clusterId;
  const swap = (edges: Edge[]): Edge[] => edges.map((each) => (each.id === id ? edge : each));
  const rest = stays ? inventory : withoutEdges(inventory, new Set([id]));
  const put = (edges: Edge[]): Edge[] => (stays ? swap(edges) : [...edges, edge]);
  if (clusterId === null) return { ...rest, standaloneEdges: put(rest.standaloneEdges) };
  return {
    ...rest,
    clusters: rest.clusters.map((cluster) =>
      cluster.id === clusterId ? { ...cluster, edges: put(cluster.edges) } : cluster,
    ),
  };
}

/** Edges refer to a credential by name, so they follow a new one. */
function putCredential(inventory: Inventory, { name, credential }: Put<'put-credential'>): Inventory {
  if (name === null) return { ...inventory, credentials: [...inventory.credentials, credential] };
  const renamed = (edge: Edge): Edge =>
    edge.snmp?.credential === name ? { ...edge, snmp: { ...edge.snmp, credential: credential.name } } : edge;
  return {
    ...inventory,
    credentials: inventory.credentials.map((each) => (each.name === name ? credential : each)),
    clusters: inventory.clusters.map((cluster) => ({ ...cluster, edges: cluster.edges.map(renamed) })),
    standaloneEdges: inventory.standaloneEdges.map(renamed),
  };
}

/** An edge that left its cluster: without an LB, in the subnet of the cluster. */
function standingAlone({ lbIp: _lbIp, ...edge }: Edge): Edge {
  return { ...edge, clusterId: null, deployment: 'standalone' };
}

function withoutEdges(inventory: Inventory, ids: ReadonlySet<string>): Inventory {
  const others = (edges: Edge[]): Edge[] => edges.filter((edge) => !ids.has(edge.id));
  return {
    ...inventory,
    clusters: inventory.clusters.map((cluster) => ({ ...cluster, edges: others(cluster.edges) })),
    standaloneEdges: others(inventory.standaloneEdges),
  };
}

function withCredentials(inventory: Inventory, credentials: Inventory['credentials']): Inventory {
  return credentials.length === 0
    ? inventory
    : { ...inventory, credentials: [...inventory.credentials, ...credentials] };
}

function takenIds(inventory: Inventory): Set<string> {
  return new Set([...inventory.clusters, ...allEdges(inventory)].map(({ id }) => id));
}
