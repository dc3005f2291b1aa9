import { existsSync } from 'node:fs';
import { identifyInventory } from '../../domain/inventory/inventory';
import { inventoryDiff, type InventoryDiff } from '../../domain/inventory/inventory-diff';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { placeInWords } from '../../domain/inventory/inventory-problem';
import { ruleFaults } from '../../domain/inventory/inventory-rules';
import type { MergeConflict } from '../../domain/inventory/merge-inventories';
import { mergeFile } from '../../domain/inventory/three-way';
import { RequestRefused } from '../../domain/contract/request-refused';
import { writeInventory } from '../../monitor/inventory/inventory-file';
import { exitCode } from '../common/command-line';
import { print, printError } from '../common/print';
import { correctFile } from './inventory-check';
import type { InventoryOptions } from './inventory-options';

/** `heron inventory diff OLD NEW`. */
export async function diffFiles(before: string, after: string, asJson: boolean): Promise<number> {
  const [old, next] = [await correctFile(before), await correctFile(after)];
  if (!old || !next) return exitCode.problem;
  const diff = inventoryDiff(old, next);
  print(asJson ? `${JSON.stringify(diff, null, 2)}\n` : diffText(diff));
  return isEmpty(diff) ? exitCode.done : exitCode.partly;
}

/** `heron inventory apply FILE --to TARGET`: a three-way merge, and what was applied is remembered next to the target. */
export async function applyFile(
  file: string,
  target: string,
  { base, prefer }: Pick<InventoryOptions, 'base' | 'prefer'>,
): Promise<number> {
  const appliedFile = `${target}.applied`;
  const theirs = await correctFile(file);
  const mine = existsSync(target) ? await correctFile(target) : nothing;
  const baseFile = base ?? (existsSync(appliedFile) ? appliedFile : null);
  const common = baseFile === null ? nothing : await correctFile(baseFile);
  if (!theirs || !mine || !common) return exitCode.problem;
  const merged = mergeFile(common, mine, theirs, prefer === 'file' ? 'file' : 'here');
  if (prefer === undefined && merged.conflicts.length > 0) {
    for (const conflict of merged.conflicts) printError(`${conflictLine(conflict)}\n`);
    printError(
      'Nothing was written. Decide with --prefer file or --prefer target, or change one of the two.\n',
    );
    return exitCode.problem;
  }
  const faults = ruleFaults(merged.file);
  for (const { path, reason, todo } of faults)
    printError(`${placeInWords(merged.file, path)}: ${reason} ${todo}\n`);
  if (faults.length > 0) {
    printError('Each file is correct, but not both together. Nothing was written.\n');
    return exitCode.problem;
  }
  print(diffText(inventoryDiff(mine, merged.file)));
  return written(async () => {
    await writeInventory(target, identifyInventory(merged.file, null));
    await writeInventory(appliedFile, identifyInventory(theirs, null));
  });
}

const nothing: InventoryFile = { credentials: [], clusters: [], standaloneEdges: [] };

/** Runs a step that writes; a refusal becomes sentences on standard error. */
export async function written(write: () => Promise<void>): Promise<number> {
  try {
    await write();
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof RequestRefused)) throw fault;
    const { what, where, todo } = fault.failure;
    printError(`${what} ${where}: ${todo}\n`);
    return exitCode.problem;
  }
}

export function isEmpty({ added, changed, removed }: InventoryDiff): boolean {
  return added.length + changed.length + removed.length === 0;
}

/** A difference as lines: + added, - removed, ~ changed with the fields. */
export function diffText(diff: InventoryDiff): string {
  if (isEmpty(diff)) return 'No difference.\n';
  return [
    ...diff.added.map((name) => `+ ${name}\n`),
    ...diff.removed.map((name) => `- ${name}\n`),
    ...diff.changed.flatMap(({ name, fields }) => [
      `~ ${name}\n`,
      ...fields.map(({ field, from, to }) => `    ${field}: ${from} -> ${to}\n`),
    ]),
  ].join('');
}

function conflictLine({ entry, field, mine, theirs }: MergeConflict): string {
  const what = field === null ? entry : `${entry}, ${field}`;
  return `Conflict: ${what}: in the target ${mine ?? 'not set'}, in the file ${theirs ?? 'not set'}.`;
}
