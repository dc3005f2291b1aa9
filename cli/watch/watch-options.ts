import { z } from 'zod';
import { parseAnchorUrl } from '../../monitor/proof/anchor-places';
import { variableSchema } from '../../domain/inventory/inventory-text';
import { metricsAddressSchema, type MetricsAddress } from '../../domain/metrics/metrics-address';
import { mostHoursBetween } from '../../domain/vendor/vendor-settings';
import type { VendorAddresses } from '../../domain/vendor/vendor-source';
import { vendorUrlSchema } from '../../domain/vendor/vendor-url';
import { readArguments } from '../common/command-line';
import type { ProofChoice } from './watch-proof';

/** The options of `heron watch`. */
export interface WatchOptions {
  help: boolean;
  inventoryFile: string;
  /** Null: a temporary history, removed at the end. */
  historyFile: string | null;
  /** Null: until a signal. */
  seconds: number | null;
  healthIntervalMs: number;
  roleIntervalMs: number;
  /** Null: no traps. 'standard': 162, or 10162 where that one is not permitted. */
  trapPort: number | 'standard' | null;
  proof: ProofChoice;
  /** Environment variables outside HERON_ that the inventory may name. */
  allowedVariables: readonly string[];
  /** The channels that deliver alerts; null: they are only printed. */
  alertsFile: string | null;
  /** Where `/metrics` is offered, and the environment variable of its token; null: nowhere. */
  metrics: { address: MetricsAddress; tokenFrom: string | null } | null;
  /** The vendor's inventory, read beside the monitor; null: it is not read. */
  vendor: {
    sourceFile: string;
    everyHours: number;
    /** Writes what differs to the inventory file and monitors it. False: it is a finding. */
    applies: boolean;
    /** Null: the documented ones. */
    addresses: VendorAddresses | null;
  } | null;
  quiet: boolean;
}

export const watchUsage = `heron watch --inventory FILE: polls the edges and prints what happens, one JSON object per line.

  --inventory FILE     the edges to monitor (heron inventory check FILE validates it)
  --db FILE            record the history in this SQLite file (default: a temporary one, removed at the end)
  --signing-key FILE   the key that signs the history, created if missing (default: FILE.signing-key next to it)
  --anchor-file FILE   write the head of the history to this file, hourly and at the end (docs/history-format.md)
  --anchor-url URL     post the same to this https: address
  --seconds N          end after N seconds (default: on SIGINT or SIGTERM)
  --health-interval S  seconds between full polls of an edge, 1 to 3600 (default 5)
  --role-interval S    seconds between polls of a load balancer's role, 0.2 to 3600 (default 1)
  --trap-port N        receive SNMP traps and informs on this UDP port; "standard": 162, else 10162 (default: off)
  --alerts FILE        deliver alerts by the channels of this file: webhooks, mail, dead man's switch (docs/alerts.md)
  --metrics ADDRESS    offer /metrics for Prometheus at HOST:PORT, or at a port of this computer (docs/prometheus.md)
  --metrics-token NAME the environment variable of the token that scrapers need; a must for other hosts than this computer
  --vendor SOURCE      read the vendor's inventory as well (docs/vendor-import.md): what differs from the inventory is a finding
  --vendor-every H     hours between two readings, 1 to 168 (default 24)
  --vendor-apply       write what differs to the inventory file, and monitor it
  --vendor-token-url URL, --vendor-api-url URL
                       other addresses than the vendor's; http only on this computer
  --allow-env NAME     let the inventory or the channels name this environment variable; without it only HERON_… is read; may be repeated
  --quiet              no progress on standard error, only errors

docs/watch.md describes the lines. The last one is the summary. HERON_LOG=debug logs details to standard error.
`;

/** A number of seconds, as text. */
function seconds(least: number, most: number) {
  return z
    .string()
    .transform((text) => (text.trim() === '' ? NaN : Number(text)))
    .refine(
      (value) => value >= least && value <= most,
      `must be a number of seconds from ${least} to ${most}`,
    );
}

const hours = z
  .string()
  .transform((text) => (/^\d{1,3}$/.test(text) ? Number(text) : NaN))
  .refine(
    (value) => value >= 1 && value <= mostHoursBetween,
    `must be a whole number of hours from 1 to ${mostHoursBetween}`,
  );

const trapPort = z
  .string()
  .transform((text) => (text === 'standard' ? text : /^\d{1,5}$/.test(text) ? Number(text) : NaN))
  .refine((port) => port === 'standard' || port <= 65_535, 'must be a port from 0 to 65535, or "standard"');

const anchorUrl = z.string().transform((text, context) => {
  try {
    return parseAnchorUrl(text);
  } catch (fault) {
    context.addIssue({ code: 'custom', message: fault instanceof Error ? fault.message : String(fault) });
    return z.NEVER;
  }
});

const file = z.string('FILE is missing').min(1, 'needs the name of a file');

const schema = z
  .object({
    help: z.boolean().default(false),
    inventory: file.optional(),
    db: file.optional(),
    'signing-key': file.optional(),
    'anchor-file': file.optional(),
    'anchor-url': anchorUrl.optional(),
    seconds: seconds(0.1, 2_000_000).optional(),
    'health-interval': seconds(1, 3600).optional(),
    'role-interval': seconds(0.2, 3600).optional(),
    'trap-port': trapPort.optional(),
    alerts: file.optional(),
    metrics: metricsAddressSchema.optional(),
    'metrics-token': variableSchema.optional(),
    vendor: file.optional(),
    'vendor-every': hours.optional(),
    'vendor-apply': z.boolean().default(false),
    'vendor-token-url': vendorUrlSchema.optional(),
    'vendor-api-url': vendorUrlSchema.optional(),
    'allow-env': z.array(variableSchema).default([]),
    quiet: z.boolean().default(false),
    positionals: z.array(z.string()).max(0, 'Everything for heron watch is an option: --inventory FILE'),
  })
  .refine((given) => given.help || given.inventory !== undefined, {
    path: ['inventory'],
    message: 'FILE is missing: the inventory of the edges to monitor',
  })
  .refine(
    (given) =>
      given.db !== undefined ||
      (given['signing-key'] ?? given['anchor-file'] ?? given['anchor-url']) === undefined,
    { path: ['db'], message: 'FILE is missing: a temporary history is not signed or anchored' },
  )
  .refine((given) => given['metrics-token'] === undefined || given.metrics !== undefined, {
    path: ['metrics'],
    message: 'ADDRESS is missing: where the metrics are offered',
  })
  .refine(
    (given) =>
      given.vendor !== undefined ||
      (!given['vendor-apply'] &&
        (given['vendor-every'] ?? given['vendor-token-url'] ?? given['vendor-api-url']) === undefined),
    { path: ['vendor'], message: 'SOURCE is missing: where the vendor’s inventory is read' },
  )
  .refine((given) => (given['vendor-token-url'] === undefined) === (given['vendor-api-url'] === undefined), {
    path: ['vendor-token-url'],
    message: 'and --vendor-api-url belong together',
  });

/** @throws UsageError */
export function readWatchOptions(args: string[]): WatchOptions {
  const given = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      inventory: { type: 'string' },
      db: { type: 'string' },
      'signing-key': { type: 'string' },
      'anchor-file': { type: 'string' },
      'anchor-url': { type: 'string' },
      seconds: { type: 'string' },
      'health-interval': { type: 'string' },
      'role-interval': { type: 'string' },
      'trap-port': { type: 'string' },
      alerts: { type: 'string' },
      metrics: { type: 'string' },
      'metrics-token': { type: 'string' },
      vendor: { type: 'string' },
      'vendor-every': { type: 'string' },
      'vendor-apply': { type: 'boolean' },
      'vendor-token-url': { type: 'string' },
      'vendor-api-url': { type: 'string' },
      'allow-env': { type: 'string', multiple: true },
      quiet: { type: 'boolean' },
    },
    schema,
  );
  return {
    help: given.help,
    inventoryFile: given.inventory ?? '',
    historyFile: given.db ?? null,
    seconds: given.seconds ?? null,
    healthIntervalMs: (given['health-interval'] ?? 5) * 1000,
    roleIntervalMs: (given['role-interval'] ?? 1) * 1000,
    trapPort: given['trap-port'] ?? null,
    proof: {
      signingKeyFile: given['signing-key'] ?? null,
      anchorFile: given['anchor-file'] ?? null,
      anchorUrl: given['anchor-url'] ?? null,
    },
    allowedVariables: given['allow-env'],
    alertsFile: given.alerts ?? null,
    metrics: given.metrics ? { address: given.metrics, tokenFrom: given['metrics-token'] ?? null } : null,
    vendor: vendorOf(given),
    quiet: given.quiet,
  };
}

function vendorOf(given: z.output<typeof schema>): WatchOptions['vendor'] {
  if (given.vendor === undefined) return null;
  const { 'vendor-token-url': tokenUrl, 'vendor-api-url': apiUrl } = given;
  return {
    sourceFile: given.vendor,
    everyHours: given['vendor-every'] ?? 24,
    applies: given['vendor-apply'],
    addresses: tokenUrl !== undefined && apiUrl !== undefined ? { tokenUrl, apiUrl } : null,
  };
}
