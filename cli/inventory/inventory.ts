import { inventoryJsonSchema } from '../../domain/inventory/inventory-json-schema';
import { exitCode, UsageError } from '../common/command-line';
import { print } from '../common/print';
import { applyFile, diffFiles } from './inventory-apply';
import { checkFile } from './inventory-check';
import { showDrift } from './inventory-drift';
import { importFromVendor } from './inventory-import';
import { writeScrapeFiles } from './inventory-prometheus';
import { inventoryUsage, readInventoryOptions } from './inventory-options';

/** `heron inventory …`. @throws UsageError */
export async function runInventory(args: string[]): Promise<number> {
  const options = readInventoryOptions(args);
  const [command, first, second, ...more] = options.positionals;
  if (options.help) {
    print(inventoryUsage);
    return exitCode.done;
  }
  if (command === 'schema' && first === undefined) {
    print(inventoryJsonSchema());
    return exitCode.done;
  }
  if (first !== undefined && second === undefined) {
    if (command === 'check') return checkFile(first, options['allow-env']);
    if (command === 'prometheus' && options.to !== undefined)
      return writeScrapeFiles(first, options.to, options);
    if (command === 'apply' && options.to !== undefined) return applyFile(first, options.to, options);
    if (command === 'import' && options.into !== undefined)
      return importFromVendor(first, options.into, options);
  }
  if (first !== undefined && second !== undefined && more.length === 0) {
    if (command === 'diff') return diffFiles(first, second, options.json);
    if (command === 'drift') return showDrift(first, second, options);
  }
  throw new UsageError(
    'Write: heron inventory check FILE, schema, diff OLD NEW, apply FILE --to TARGET, import SOURCE --into FILE, drift SOURCE FILE, or prometheus FILE --to FOLDER.',
  );
}
