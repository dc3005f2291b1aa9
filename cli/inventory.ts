import { z } from 'zod';
import { configurationFindings } from '../domain/inventory/configuration-findings';
import { identifyInventory } from '../domain/inventory/inventory';
import type { InventoryFile } from '../domain/inventory/inventory-file';
import { problemInWords } from '../domain/inventory/inventory-problem';
import { variableSchema } from '../domain/inventory/inventory-text';
import { inventoryJsonSchema } from '../domain/inventory/inventory-json-schema';
import { readInventory } from '../monitor/inventory/read-inventory';
import { exitCode, readArguments, UsageError } from './common/command-line';
import { commandSecrets } from './common/command-secrets';
import { missingPasswords } from './common/missing-passwords';
import { print } from './common/print';

export const inventoryUsage = `heron inventory: inventory files (docs/inventory.md).

  heron inventory check FILE   validates a file: one line per problem, exit code 1 when there are any.
                               For a correct file: findings, and passwords that are not set now
      --allow-env NAME         let the file name this environment variable, besides HERON_…; may be repeated
  heron inventory schema       prints the JSON Schema of the file, for editors
`;

const schema = z.object({
  help: z.boolean().default(false),
  'allow-env': z.array(variableSchema).default([]),
  positionals: z.array(z.string()),
});

/** `heron inventory …`. @throws UsageError */
export async function runInventory(args: string[]): Promise<number> {
  const {
    help,
    'allow-env': allowed,
    positionals,
  } = readArguments(
    args,
    { help: { type: 'boolean', short: 'h' }, 'allow-env': { type: 'string', multiple: true } },
    schema,
  );
  const [command, file, ...more] = positionals;
  if (help) {
    print(inventoryUsage);
    return exitCode.done;
  }
  if (command === 'check' && file !== undefined && more.length === 0) return check(file, allowed);
  if (command === 'schema' && file === undefined) {
    print(inventoryJsonSchema());
    return exitCode.done;
  }
  throw new UsageError('Write: heron inventory check FILE, or: heron inventory schema.');
}

async function check(file: string, allowed: readonly string[]): Promise<number> {
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

/** Notices about a correct file: findings, and passwords that are not set now. */
async function notices(file: InventoryFile, allowed: readonly string[]): Promise<string[]> {
  const inventory = identifyInventory(file, null);
  const findings = configurationFindings(inventory).map(
    ({ reason }) => `finding: ${reason.fact} ${reason.detail}`,
  );
  const missing = await missingPasswords(inventory.credentials, commandSecrets(allowed));
  return [...findings, ...missing.map((words) => `now: ${words}`)];
}
