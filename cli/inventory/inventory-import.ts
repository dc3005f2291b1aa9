import { existsSync } from 'node:fs';
import { failureOf } from '../../domain/contract/request-refused';
import { identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { checkedImport, type CheckedImport } from '../../domain/vendor/checked-import';
import { findDrift, type DriftFinding } from '../../domain/vendor/drift';
import type { ImportNotice } from '../../domain/vendor/plan-import';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';
import { vendorAddresses, type VendorSource } from '../../domain/vendor/vendor-source';
import { systemClock } from '../../monitor/base/clock';
import { writeInventory } from '../../monitor/inventory/inventory-file';
import { progressFile } from '../../monitor/vendor/import-progress';
import { readVendorSource } from '../../monitor/vendor/read-vendor-source';
import { readFromVendor, refuseMassRemoval } from '../../monitor/usecases/vendor-import';
import { exitCode } from '../common/command-line';
import { commandSecrets } from '../common/command-secrets';
import { print, printError } from '../common/print';
import { diffText, isEmpty, written } from './inventory-apply';
import { correctFile } from './inventory-check';
import type { InventoryOptions } from './inventory-options';

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

/** `heron inventory drift SOURCE FILE`. */
export async function showDrift(
  sourceFile: string,
  file: string,
  options: InventoryOptions,
): Promise<number> {
  return withWords(async () => {
    const source = readVendorSource(sourceFile);
    const here = await correctFile(file);
    if (!here) return exitCode.problem;
    const vendor = await readFrom(source, progressFile(`${file}.import`), options, false);
    const findings = findDrift(vendor, here, []);
    if (options.json) print(`${JSON.stringify(findings, null, 2)}\n`);
    else print(findings.length === 0 ? 'No difference.\n' : findings.map(driftLine).join(''));
    return findings.length === 0 ? exitCode.done : exitCode.partly;
  });
}

async function readFrom(
  source: VendorSource,
  progress: ReturnType<typeof progressFile>,
  options: InventoryOptions,
  reusesComplete: boolean,
): Promise<VendorInventory> {
  const documented = vendorAddresses(source);
  return readFromVendor({
    source,
    addresses: {
      tokenUrl: options['token-url'] ?? documented.tokenUrl,
      apiUrl: options['api-url'] ?? documented.apiUrl,
    },
    secrets: commandSecrets(options['allow-env']),
    clock: systemClock,
    progress,
    random: Math.random,
    reusesComplete,
    onProgress: (clusters, edges) => note(`read ${clusters} clusters, ${edges} edges`),
    onWait: (delayMs, why) => note(`${why} Next try in ${Math.ceil(delayMs / 1000)} s.`),
  });
}

function note(words: string): void {
  if (process.stderr.isTTY) printError(`heron inventory: ${words}\n`);
}

async function withWords(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (fault) {
    const failure = failureOf(fault);
    if (!failure) throw fault;
    printError(`heron inventory: ${failure.what} (${failure.where}) ${failure.todo}\n`);
    for (const line of failure.faults ?? []) printError(`  ${line}\n`);
    return exitCode.problem;
  }
}

function noticeLine({ what, reason, todo }: ImportNotice): string {
  return `! ${what}: ${reason} ${todo}\n`;
}

function driftLine({ what, vendor, here, observed, todo }: DriftFinding): string {
  const sides = [
    `vendor: ${vendor ?? 'not there'}`,
    `here: ${here ?? 'not there'}`,
    ...(observed === null ? [] : [`observed: ${observed}`]),
  ];
  return `${what}: ${sides.join('; ')}. ${todo}\n`;
}
