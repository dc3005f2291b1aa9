import { z } from 'zod';
import { lineSchema, nameSchema, secretNameSchema, variableSchema } from './inventory-text';

/** What a cluster or a standalone edge names when Heron polls it itself although the inventory has a default source. */
export const directSource = 'direct';

/** Bounds of the scrape interval: a shorter one loads an engine for nothing, and a longer one leaves states without evidence. */
export const scrapeIntervalBounds = { min: 1_000, max: 300_000 } as const;
export const defaultScrapeIntervalMs = 15_000;
export const defaultScrapeJob = 'heron-edges';

const given = (...values: unknown[]): number => values.filter((value) => value !== undefined).length;

/** A Prometheus-compatible engine that scrapes edges in Heron's place. It names where its secrets are and never contains one. */
export const metricsSourceSchema = z
  .strictObject({
    kind: z.literal('prometheus'),
    name: nameSchema.refine((name) => name !== directSource, 'is reserved for edges that Heron polls itself'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(1024)
      .refine((text) => !/^https?:[/\\]*[^/\\?#]*@/i.test(text), 'must not hold a user name or a password')
      .refine((text) => !/[?#]/.test(text), 'must end before the query: what follows /api/v1 is added to it')
      .describe('Where its HTTP API is, without /api/v1.'),
    isDefault: z
      .boolean()
      .optional()
      .describe('True: every cluster and standalone edge that names no source is read through it.'),
    scrapeIntervalMs: z
      .int()
      .min(scrapeIntervalBounds.min)
      .max(scrapeIntervalBounds.max)
      .default(defaultScrapeIntervalMs)
      .describe('Its scrape interval for the edges, milliseconds. Changes cannot be dated more closely.'),
    job: z
      .string()
      .max(128)
      .regex(/^[A-Za-z0-9_.:/-]+$/, 'is not the name of a job (letters, digits and _ . : / -)')
      .default(defaultScrapeJob)
      .describe('The job that scrapes the edges.'),
    tenant: z
      .string()
      .max(150)
      .regex(/^[\x21-\x7e]+$/, 'is not a tenant ID (printable characters without spaces)')
      .optional()
      .describe('Sent as X-Scope-OrgID, for engines with several tenants.'),
    caFile: lineSchema
      .min(1)
      .max(4096)
      .optional()
      .describe(
        'File with the certificate authority (PEM) of its TLS certificate, besides those that the system trusts.',
      ),
    bearerEnv: variableSchema.optional().describe('Name of the environment variable that holds its token.'),
    bearerSecret: secretNameSchema.optional().describe('Name of its token in the encrypted store.'),
    user: lineSchema.min(1).max(128).optional().describe('User name, with passwordEnv or passwordSecret.'),
    passwordEnv: variableSchema
      .optional()
      .describe('Name of the environment variable that holds the password of the user.'),
    passwordSecret: secretNameSchema
      .optional()
      .describe('Name of the password of the user in the encrypted store.'),
  })
  .refine(
    ({ bearerEnv, bearerSecret, passwordEnv, passwordSecret }) =>
      given(bearerEnv, bearerSecret, passwordEnv, passwordSecret) <= 1,
    'must name at most one of bearerEnv, bearerSecret, passwordEnv and passwordSecret',
  )
  .refine(
    ({ user, passwordEnv, passwordSecret }) =>
      (user !== undefined) === given(passwordEnv, passwordSecret) > 0,
    'must name user together with passwordEnv or passwordSecret',
  );

export type MetricsSource = z.infer<typeof metricsSourceSchema>;

/** Where the token or the password of a source is; null: it needs none. */
export function secretOf(source: MetricsSource): { env: string } | { secret: string } | null {
  const env = source.bearerEnv ?? source.passwordEnv;
  const secret = source.bearerSecret ?? source.passwordSecret;
  return env !== undefined ? { env } : secret !== undefined ? { secret } : null;
}

/** What names a source: a cluster, or a standalone edge. */
interface Sourced {
  source?: string | undefined;
}

/** The source through which a cluster or a standalone edge is read; null: Heron polls it itself. */
export function sourceOf(
  row: Sourced | null | undefined,
  sources: readonly MetricsSource[] | undefined,
): MetricsSource | null {
  if (!row || !sources || row.source === directSource) return null;
  const name = row.source;
  return sources.find((one) => (name === undefined ? one.isDefault === true : one.name === name)) ?? null;
}

/** Host and port of a source's URL as it writes them, and whether TLS protects what is sent there. */
export function placeOf({ url }: Pick<MetricsSource, 'url'>): {
  host: string;
  hostname: string;
  isEncrypted: boolean;
} {
  const host = /^https?:[/\\]*([^/\\?#]+)/i.exec(url)?.[1] ?? '';
  const hostname = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return { host, hostname, isEncrypted: /^https:/i.test(url) };
}
