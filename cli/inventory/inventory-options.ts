import { z } from 'zod';
import { variableSchema } from '../../domain/inventory/inventory-text';
import { vendorUrlSchema } from '../../domain/vendor/vendor-url';
import { readArguments } from '../common/command-line';

export const inventoryUsage = `heron inventory: inventory files (docs/inventory.md).

  heron inventory check FILE   validates a file: one line per problem, exit code 1 when there are any.
                               For a correct file: findings, and passwords that are not set now
  heron inventory schema       prints the JSON Schema of the file, for editors
  heron inventory diff OLD NEW
                               what differs between two files; exit code 3 when something does
  heron inventory apply FILE --to TARGET
                               brings the changes of FILE into TARGET, which may have been changed, too: a three-way merge
                               with what was applied last. Exit code 1, and nothing written, when both changed the same
      --base FILE              what both began with, instead of what was applied last (TARGET.applied)
      --prefer file|target     which of the two counts where both changed the same
  heron inventory import SOURCE --into FILE
                               reads clusters and edges from the vendor (docs/vendor-import.md) and prints what would change in FILE;
                               exit code 3 when something would
      --apply                  writes it to FILE
      --allow-removals         also when more than half of what was imported earlier is gone at the vendor
      --token-url URL, --api-url URL
                               other addresses than the vendor's; http only on this computer
  heron inventory drift SOURCE FILE
                               what differs between the vendor and FILE: an edge in no cluster, IPSec, names, addresses;
                               exit code 3 when something does
      --db HISTORY             and what was observed, by this history: such as a disabled cluster that carries traffic

  heron inventory prometheus FILE --to FOLDER
                               writes what Prometheus and snmp_exporter need to scrape the edges of FILE (docs/prometheus.md):
                               heron-targets.json, heron-scrape.yml, heron-recording.yml and snmp.yml, which has no password
      --source NAME            only the edges that are read through this source of FILE
      --exporter HOST:PORT     where snmp_exporter is (default 127.0.0.1:9116)

  --allow-env NAME             let a file name this environment variable, besides HERON_…; may be repeated
  --json                       diff, import and drift: one JSON document instead of text

Exit codes: 0 done or no difference, 1 a problem, 2 wrong arguments, 3 differences.
`;

const file = z.string().min(1, 'needs a value').max(4096, 'is too long');

const schema = z.object({
  help: z.boolean().default(false),
  json: z.boolean().default(false),
  apply: z.boolean().default(false),
  'allow-removals': z.boolean().default(false),
  'allow-env': z.array(variableSchema).default([]),
  to: file.optional(),
  into: file.optional(),
  db: file.optional(),
  base: file.optional(),
  prefer: z.enum(['file', 'target'], 'must be file or target').optional(),
  'token-url': vendorUrlSchema.optional(),
  'api-url': vendorUrlSchema.optional(),
  source: z.string().min(1, 'needs a value').optional(),
  exporter: z
    .string()
    .regex(/^[\w.:[\]-]+:\d{1,5}$/, 'must be HOST:PORT')
    .default('127.0.0.1:9116'),
  positionals: z.array(z.string()),
});

export type InventoryOptions = z.infer<typeof schema>;

/** @throws UsageError */
export function readInventoryOptions(args: string[]): InventoryOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return readArguments(
    args,
    {
      help: { ...flag, short: 'h' },
      json: flag,
      apply: flag,
      'allow-removals': flag,
      'allow-env': { ...text, multiple: true },
      to: text,
      into: text,
      db: text,
      base: text,
      prefer: text,
      source: text,
      exporter: text,
      'token-url': text,
      'api-url': text,
    },
    schema,
  );
}
