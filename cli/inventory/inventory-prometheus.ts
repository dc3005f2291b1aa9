import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeFileDurably } from '../../monitor/base/write-file';
import { scrapeFiles, type ScrapeFiles } from '../../monitor/prometheus/scrape-files';
import { exitCode } from '../common/command-line';
import { plural } from '../common/plural';
import { print, printError } from '../common/print';
import { correctFile } from './inventory-check';
import type { InventoryOptions } from './inventory-options';

/** `heron inventory prometheus FILE --to FOLDER`: what Prometheus and snmp_exporter need to scrape the edges of a file. */
export async function writeScrapeFiles(
  file: string,
  folder: string,
  { source, exporter }: Pick<InventoryOptions, 'source' | 'exporter'>,
): Promise<number> {
  const inventory = await correctFile(file);
  if (!inventory) return exitCode.problem;
  const names = (inventory.sources ?? []).map(({ name }) => name);
  if (source !== undefined && !names.includes(source)) {
    const known = names.length === 0 ? 'It has none.' : `There is: ${names.join(', ')}.`;
    printError(`heron inventory: ${file} has no source "${source}". ${known}\n`);
    return exitCode.problem;
  }
  const files = scrapeFiles(inventory, { source: source ?? null, exporter });
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files))
      await writeFileDurably(path.join(folder, name), text, { replace: true });
  } catch (fault) {
    printError(
      `heron inventory: ${folder} cannot be written. Name another folder. ${fault instanceof Error ? fault.message : String(fault)}\n`,
    );
    return exitCode.problem;
  }
  print(`${summary(files)} in ${folder}.\n`);
  return exitCode.done;
}

function summary(files: ScrapeFiles): string {
  const targets = (JSON.parse(files['heron-targets.json']) as unknown[]).length;
  return `Written: ${plural(targets, 'edge')} as targets, ${Object.keys(files).join(', ')}`;
}
