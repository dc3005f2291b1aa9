import { toInventoryFile, type Cluster, type Inventory } from './inventory';
import { applyEdit, type InventoryEdit } from './inventory-edit';
import { inventoryFileSchema, maxEdgesPerCluster, type InventoryFile } from './inventory-file';
import type { InventoryFault } from './inventory-problem';
import { ruleFaults } from './inventory-rules';
import { whyNotEligible } from './membership';
import { shapeFaults } from './shape-faults';

type Path = readonly PropertyKey[];

/** Minimum number of edges of a cluster: with one there is no failover (vendor's rule). A file may have fewer, a form may not. */
export const minEdgesPerCluster = 2;

/**
 * Errors in a change while it is typed: what the rules of the inventory file find in the resulting inventory. Paths are within
 * the draft: `['clusterIp']`, `['edges', 1, 'proxyIp']`, `['newCredentials', 0, 'user']`; an error of no single field has an
 * empty one, and one of a row that is read through a source has that of the file. Incomplete addresses are errors, never exceptions.
 */
export function draftFaults(inventory: Inventory, edit: InventoryEdit): InventoryFault[] {
  const file = toInventoryFile(applyEdit(inventory, edit));
  const places = placesOf(inventory, edit, file);
  const isDraft = (path: Path): boolean => places.some(({ path: at }) => startsWith(path, at));
  const shape = places.flatMap((place) => shapeFaultsAt(file, place.path));
  const broken = new Set(shape.map(({ path }) => JSON.stringify(path)));
  const rules = ruleFaults(file, isDraft).filter(({ path }) => !broken.has(JSON.stringify(path)));
  const inDraft = (fault: InventoryFault): InventoryFault => {
    const place = places.find(({ path }) => startsWith(fault.path, path));
    if (place) return { ...fault, path: [...place.inDraft, ...fault.path.slice(place.path.length)] };
    // What is read through a source is outside of it.
    return edit.kind === 'put-source' ? fault : { ...fault, path: [] };
  };
  const faults = [...shape, ...rules].map(inDraft);
  if (edit.kind !== 'put-cluster') return faults;
  return [...faults.filter(({ path }) => !isEdgeList(path)), ...edgeListFaults(inventory, edit)];
}

/** Rules of the form that the file does not have: at least two edges, each eligible for a cluster. */
function edgeListFaults(
  inventory: Inventory,
  edit: Extract<InventoryEdit, { kind: 'put-cluster' }>,
): InventoryFault[] {
  const { edges } = edit.cluster;
  const before = inventory.clusters.find(({ id }) => id === edit.id);
  const path = ['edges'];
  const faults: InventoryFault[] = [];
  // A cluster that already has too few can still be renamed.
  const least = Math.min(minEdgesPerCluster, before?.edges.length ?? minEdgesPerCluster);
  if (edges.length < least) {
    const missing = minEdgesPerCluster - edges.length;
    const reason = edges.length === 0 ? 'No edges.' : '1 edge is no redundancy.';
    faults.push({
      path,
      reason,
      todo: `Choose at least ${missing} more.`,
      rule: { code: 'too-few-edges', missing },
    });
  }
  if (edges.length > maxEdgesPerCluster) {
    const reason = `${edges.length} edges: a cluster has at most ${maxEdgesPerCluster}.`;
    faults.push({ path, reason, todo: 'Take edges out, or make two clusters of them.' });
  }
  edges.forEach((edge, index) => {
    const why = joins(before, edge.id) ? whyNotEligible(edge) : null;
    if (why === null) return;
    const reason = `${edge.name || 'An edge'} cannot join: ${why}.`;
    faults.push({ path: ['edges', index], reason, todo: 'Take it out.', rule: { code: 'cannot-join', why } });
  });
  return faults;
}

function joins(before: Cluster | undefined, edgeId: string | null): boolean {
  return edgeId === null || !before?.edges.some(({ id }) => id === edgeId);
}

interface Place {
  path: PropertyKey[];
  inDraft: PropertyKey[];
}

/** Where the parts of the draft are in the resulting file. */
function placesOf(inventory: Inventory, edit: InventoryEdit, file: InventoryFile): Place[] {
  const credentials = ('newCredentials' in edit ? edit.newCredentials : []).map((_, index) => ({
    path: ['credentials', inventory.credentials.length + index],
    inDraft: ['newCredentials', index],
  }));
  return [...subjectOf(inventory, edit, file), ...credentials];
}

function subjectOf(inventory: Inventory, edit: InventoryEdit, file: InventoryFile): Place[] {
  const at = (...path: PropertyKey[]): Place[] => [{ path, inDraft: [] }];
  const orLast = (index: number, length: number): number => (index >= 0 ? index : length - 1);
  switch (edit.kind) {
    case 'put-cluster': {
      const index = inventory.clusters.findIndex(({ id }) => id === edit.id);
      return at('clusters', orLast(index, file.clusters.length));
    }
    case 'put-member': {
      const c = inventory.clusters.findIndex(({ id }) => id === edit.clusterId);
      const e = inventory.clusters[c]?.edges.findIndex(({ id }) => id === edit.id) ?? -1;
      return at('clusters', c, 'edges', orLast(e, file.clusters[c]?.edges.length ?? 0));
    }
    case 'put-standalone': {
      const index = inventory.standaloneEdges.findIndex(({ id }) => id === edit.id);
      return at('standaloneEdges', orLast(index, file.standaloneEdges.length));
    }
    case 'put-credential': {
      const index = inventory.credentials.findIndex(({ name }) => name === edit.name);
      return at('credentials', orLast(index, file.credentials.length));
    }
    case 'put-source': {
      const index = (inventory.sources ?? []).findIndex(({ name }) => name === edit.name);
      return at('sources', orLast(index, file.sources?.length ?? 0));
    }
    case 'remove-cluster':
    case 'remove-edge':
    case 'remove-credential':
    case 'remove-source':
      return [];
  }
}

/** Errors that the schema finds in one entry; the rest of the inventory is not checked again. */
function shapeFaultsAt(file: InventoryFile, path: Path): InventoryFault[] {
  const [list, index, , edgeIndex] = path as [
    'clusters' | 'standaloneEdges' | 'credentials' | 'sources',
    number,
    string,
    number,
  ];
  const entry = file[list]?.[index];
  const alone = { [list]: [edgeIndex === undefined ? entry : onlyEdge(entry as Cluster, edgeIndex)] };
  const checked = inventoryFileSchema.safeParse(alone);
  if (checked.success) return [];
  return shapeFaults(alone, checked.error.issues).map((fault) => {
    const rest = fault.path.slice(2);
    if (edgeIndex !== undefined && rest[0] === 'edges' && rest.length > 1) rest[1] = edgeIndex;
    return { ...fault, path: [list, index, ...rest] };
  });
}

function onlyEdge(cluster: Cluster, index: number): Cluster {
  const edge = cluster.edges[index];
  return { ...cluster, edges: edge ? [edge] : [] };
}

function isEdgeList(path: Path): boolean {
  return path.length === 1 && path[0] === 'edges';
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}
