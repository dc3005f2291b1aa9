import { configurationFindings } from '../../domain/inventory/configuration-findings';
import { identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { exitCode } from '../common/command-line';
import { commandSecrets } from '../common/command-secrets';
import { missingPasswords } from '../common/missing-passwords';
import { print, printError } from '../common/print';

/** `heron inventory check FILE`: all problems of a file, or its findings. */
export async function checkFile(file: string, allowed: readonly string[]): Promise<number> {
  const result = await readInventory(file);
  if (result.ok) {
    const { clusters, standaloneEdges } = result.file;
    const edges = clusters.reduce((sum, cluster) => sum + cluster.edges.length, standaloneEdges.length);
    print(`${file}: correct. Clusters: ${clusters.length}, edges: ${edges}.\n`);
    for (const line of await notices(result.file, allowed)) print(`${file}: ${line}\n`);
    return exitCode.done;
  }
  for (const problem of result.problems) print(`${problemInWords(file, problem)}\n`);
  return exitCode.problem;
}

/** The content of a file; null, and its problems on standard error, when it has any. */
export async function correctFile(file: string): Promise<InventoryFile | null> {
  const result = await readInventory(file);
  if (result.ok) return result.file;
  for (const problem of result.problems) printError(`${problemInWords(file, problem)}\n`);
  return null;
}

/** Notices about a correct file: findings, and passwords that are not set now. */
async function notices(file: InventoryFile, allowed: readonly string[]): Promise<string[]> {
  const inventory = identifyInventory(file, null);
  const findings = configurationFindings(inventory).map(
    ({ reason }) => `finding: ${reason.fact} ${reason.detail}`,
  );
  const missing = await missingPasswords(inventory, commandSecrets(allowed));
  return [...findings, ...missing.map((words) => `now: ${words}`)];
}
