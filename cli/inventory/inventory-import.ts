import { existsSync } from 'node:fs';
import { identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { checkedImport, type CheckedImport } from '../../domain/vendor/checked-import';
import type { ImportNotice } from '../../domain/vendor/plan-import';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';
import { writeInventory } from '../../monitor/inventory/inventory-file';
import { progressFile } from '../../monitor/vendor/import-progress';
import { readVendorSource } from '../../monitor/vendor/read-vendor-source';
import { refuseMassRemoval } from '../../monitor/usecases/vendor-import';
import { exitCode } from '../common/command-line';
import { print, printError } from '../common/print';
import { diffText, isEmpty, written } from './inventory-apply';
import { correctFile } from './inventory-check';
import type { InventoryOptions } from './inventory-options';
import { readFrom, withWords } from './vendor-reading';

const empty: InventoryFile = { credentials: [], clusters: [], standaloneEdges: [] };

/** `heron inventory import SOURCE --into FILE`: shows what would change, and with --apply writes it. */
export async function importFromVendor(
  sourceFile: string,
  into: string,
  options: InventoryOptions,
): Promise<number> {
  return withWords(async () => {
    const source = readVendorSource(sourceFile);
    const current = existsSync(into) ? await correctFile(into) : empty;
    if (!current) return exitCode.problem;
    const progress = progressFile(`${into}.import`);
    const vendor = await readFrom(source, progress, options, options.apply);
    const checked = checkedImport(vendor, current, source);
    if (!checked.ok) {
      for (const problem of checked.problems) printError(`${problemInWords('the import', problem)}\n`);
      return exitCode.problem;
    }
    print(importText(vendor, checked.import, options.json));
    if (!options.apply) return isEmpty(checked.import.diff) ? exitCode.done : exitCode.partly;
    return applyImport(checked.import, into, options['allow-removals'], progress);
  });
}

async function applyImport(
  { file, removedShare }: CheckedImport,
  into: string,
  allowRemovals: boolean,
  progress: ReturnType<typeof progressFile>,
): Promise<number> {
  return written(async () => {
    refuseMassRemoval(removedShare, allowRemovals, 'Check the source, or add --allow-removals.');
    await writeInventory(into, identifyInventory(file, null));
    await progress.remove();
  });
}

function importText(vendor: VendorInventory, { diff, notices }: CheckedImport, asJson: boolean): string {
  const read = { clusters: vendor.clusters.length, edges: vendor.edges.length };
  if (asJson) return `${JSON.stringify({ read, ...diff, notices }, null, 2)}\n`;
  const found = `The vendor has ${read.clusters} clusters and ${read.edges} edges.\n`;
  return `${found}${notices.map(noticeLine).join('')}${diffText(diff)}`;
}

function noticeLine({ what, reason, todo }: ImportNotice): string {
  return `! ${what}: ${reason} ${todo}\n`;
}
