import { openHistoryReadOnly } from '../../db/open-history';
import { findDrift, type DriftFinding } from '../../domain/vendor/drift';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';
import { carriedBefore, trafficOfDisabled } from '../../monitor/usecases/carried-before';
import { progressFile } from '../../monitor/vendor/import-progress';
import { readVendorSource } from '../../monitor/vendor/read-vendor-source';
import { exitCode } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { print } from '../common/print';
import { correctFile } from './inventory-check';
import type { InventoryOptions } from './inventory-options';
import { readFrom, withWords } from './vendor-reading';

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
    const { rows, carried } = await observedIn(options.db ?? null, vendor);
    const findings = findDrift(vendor, here, rows, carried);
    if (options.json) print(`${JSON.stringify(findings, null, 2)}\n`);
    else print(findings.length === 0 ? 'No difference.\n' : findings.map(driftLine).join(''));
    return findings.length === 0 ? exitCode.done : exitCode.partly;
  });
}

/** What a history last recorded, and the traffic of a day before that; nothing without one. */
async function observedIn(file: string | null, vendor: VendorInventory) {
  const nothing = { rows: [], carried: new Map<string, number>() };
  if (file === null) return nothing;
  const history = await openHistoryReadOnly({ file, workers: fileProcesses, readers: 1 });
  try {
    const coverage = await history.coverage();
    if (coverage === null) return nothing;
    const { clusters: rows } = await history.snapshotAt({ atMs: coverage.lastMs });
    const carried = await trafficOfDisabled(vendor, rows, (id) =>
      carriedBefore(history, id, coverage.lastMs),
    );
    return { rows, carried };
  } finally {
    await history.close();
  }
}

function driftLine({ what, vendor, here, observed, todo }: DriftFinding): string {
  const sides = [
    `vendor: ${vendor ?? 'not there'}`,
    `here: ${here ?? 'not there'}`,
    ...(observed === null ? [] : [`observed: ${observed}`]),
  ];
  return `${what}: ${sides.join('; ')}. ${todo}\n`;
}
