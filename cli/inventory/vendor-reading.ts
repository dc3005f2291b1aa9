import { failureOf } from '../../domain/contract/request-refused';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';
import { vendorAddresses, type VendorSource } from '../../domain/vendor/vendor-source';
import { systemClock } from '../../monitor/base/clock';
import type { progressFile } from '../../monitor/vendor/import-progress';
import { readFromVendor } from '../../monitor/usecases/vendor-import';
import { exitCode } from '../common/command-line';
import { commandSecrets } from '../common/command-secrets';
import { printError } from '../common/print';
import type { InventoryOptions } from './inventory-options';

/** Reads the vendor as the options say. @throws VendorFailure */
export async function readFrom(
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

/** Runs a command; a failure becomes a sentence on standard error. */
export async function withWords(run: () => Promise<number>): Promise<number> {
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
