import { inventoryDiff, type InventoryDiff } from '../inventory/inventory-diff';
import type { InventoryFile } from '../inventory/inventory-file';
import type { InventoryProblem } from '../inventory/inventory-problem';
import { checkInventory } from '../inventory/inventory-rules';
import { leaveOutFaulty } from './leave-out-faulty';
import { planImport, type ImportNotice } from './plan-import';
import type { VendorInventory } from './vendor-objects';
import type { VendorSource } from './vendor-source';

/** An import that may be applied, and what it changes. */
export interface CheckedImport {
  file: InventoryFile;
  diff: InventoryDiff;
  notices: ImportNotice[];
  /** The part of the edges imported earlier that are gone at the vendor, 0..1. */
  removedShare: number;
}

/**
 * Plans an import into `current` with the rules and credentials of the source. What an inventory may not contain is left out with a notice;
 * `problems` remain only where the credentials or the rules themselves are wrong.
 */
export function checkedImport(
  vendor: VendorInventory,
  current: InventoryFile,
  { rules, credentials }: Pick<VendorSource, 'rules' | 'credentials'>,
): { ok: true; import: CheckedImport } | { ok: false; problems: InventoryProblem[] } {
  const names = new Set(current.credentials.map(({ name }) => name));
  const added = credentials.filter(({ name }) => !names.has(name));
  const plan = planImport(vendor, { ...current, credentials: [...current.credentials, ...added] }, rules);
  const left = leaveOutFaulty(plan.file);
  if (!left.isValid) {
    // Checks the text to name the places of the faults; that takes as long as the check before.
    const check = checkInventory(JSON.stringify(left.file));
    if (!check.ok) return check;
  }
  // As it will be read: without keys that have no value.
  const file = JSON.parse(JSON.stringify(left.file)) as InventoryFile;
  const notices = [...plan.notices, ...left.notices];
  const diff = inventoryDiff(current, file);
  return { ok: true, import: { file, diff, notices, removedShare: removedShare(current, file) } };
}

function removedShare(before: InventoryFile, after: InventoryFile): number {
  const numbers = ({ clusters, standaloneEdges }: InventoryFile): string[] =>
    [...clusters.flatMap(({ edges }) => edges), ...standaloneEdges].flatMap(({ vendorId }) => vendorId ?? []);
  const kept = new Set(numbers(after));
  const earlier = numbers(before);
  return earlier.length === 0 ? 0 : earlier.filter((id) => !kept.has(id)).length / earlier.length;
}
