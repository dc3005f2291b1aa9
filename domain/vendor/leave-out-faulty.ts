import type { InventoryFile } from '../inventory/inventory-file';
import { inventoryFileSchema } from '../inventory/inventory-file';
import { placeInWords, type InventoryFault } from '../inventory/inventory-problem';
import { ruleFaults } from '../inventory/inventory-rules';
import { shapeFaults } from '../inventory/shape-faults';
import type { ImportNotice } from './plan-import';

/**
 * The planned inventory without what an inventory may not contain, so that one wrong address at the vendor does not prevent the import of
 * everything else. A fault in a cluster's own fields leaves the cluster out, one in an edge that edge. `isValid`: nothing is wrong with what is left; a
 * fault elsewhere (such as in a credential) stays.
 */
export function leaveOutFaulty(planned: InventoryFile): {
  file: InventoryFile;
  isValid: boolean;
  notices: ImportNotice[];
} {
  const notices: ImportNotice[] = [];
  let file = planned;
  for (;;) {
    const entries = new Map<string, { path: PropertyKey[]; fault: InventoryFault }>();
    const { faults, file: checked } = check(file);
    for (const fault of faults) {
      const path = entryOf(fault.path);
      if (path && !entries.has(path.join('.'))) entries.set(path.join('.'), { path, fault });
    }
    if (entries.size === 0) return { file: checked, isValid: faults.length === 0, notices };
    for (const { path, fault } of entries.values()) {
      const what = placeInWords(file, path);
      notices.push({ what, reason: fault.reason, todo: 'It is left out. Correct it at the vendor.' });
    }
    file = without(file, new Set(entries.keys()));
  }
}

/** The faults of a file, and the file with all defaults where its shape is right. */
function check(file: InventoryFile): { faults: InventoryFault[]; file: InventoryFile } {
  const checked = inventoryFileSchema.safeParse(file);
  if (!checked.success) return { faults: shapeFaults(file, checked.error.issues), file };
  return { faults: ruleFaults(checked.data), file: checked.data };
}

/** The path of the edge or cluster that a fault is in; null: it is in neither. */
function entryOf(path: readonly PropertyKey[]): PropertyKey[] | null {
  const [list, index, part, edge] = path;
  if (list === 'standaloneEdges' && typeof index === 'number') return [list, index];
  if (list !== 'clusters' || typeof index !== 'number') return null;
  return part === 'edges' && typeof edge === 'number' ? [list, index, part, edge] : [list, index];
}

function without(file: InventoryFile, left: ReadonlySet<string>): InventoryFile {
  return {
    ...file,
    clusters: file.clusters.flatMap((cluster, index) => {
      if (left.has(`clusters.${index}`)) return [];
      const edges = cluster.edges.filter((_, edge) => !left.has(`clusters.${index}.edges.${edge}`));
      return edges.length > 0 ? [{ ...cluster, edges }] : [];
    }),
    standaloneEdges: file.standaloneEdges.filter((_, index) => !left.has(`standaloneEdges.${index}`)),
  };
}
