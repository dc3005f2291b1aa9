import { z } from 'zod';
import { witnessKinds } from '../model/role';
import { isHostAddress, maskLength } from './ipv4';
import { metricsSourceSchema } from './metrics-source';
import { overridesSchema } from './overrides';
import { hostSchema, lineSchema, nameSchema, secretNameSchema, variableSchema } from './inventory-text';

/** Maximum number of edges of a cluster (vendor's rule). Fewer than two are allowed in a file, and a finding. */
export const maxEdgesPerCluster = 16;

/** The identifier of the schema. Nothing is fetched from it: it only names the format of a file. */
export const inventorySchemaId = 'https://heron.invalid/schema/inventory-1.json';

const ip = z
  .string()
  .refine(isHostAddress, 'is not the IPv4 address of a host, such as 10.20.0.11')
  .meta({ description: 'IPv4 address in dotted decimals.', format: 'ipv4' });
const mask = z
  .string()
  .refine((text) => {
    const length = maskLength(text);
    return length !== null && length >= 1 && length <= 30;
  }, 'is not a subnet mask such as 255.255.255.0')
  .meta({ description: 'Subnet mask in dotted decimals.', format: 'ipv4' });
const port = z.int().min(1).max(65535);
const vendorId = z
  .string()
  .regex(/^\d{1,19}$/, 'is not a number of the vendor’s')
  .optional()
  .describe('Its number at the vendor, by which an import finds it again after a renaming.');
const status = z.enum(['enabled', 'disabled']);
const deployment = z.enum(['cluster', 'standalone']);

/** Where a password comes from: the environment or Heron's encrypted store, exactly one. Never the password itself. */
const passwordSource = {
  passwordEnv: variableSchema
    .optional()
    .describe('Name of the environment variable that holds the password.'),
  passwordSecret: secretNameSchema.optional().describe('Name of a password in the encrypted store.'),
};
const onePassword = (value: {
  passwordEnv?: string | undefined;
  passwordSecret?: string | undefined;
}): boolean => (value.passwordEnv === undefined) !== (value.passwordSecret === undefined);
const onePasswordWords = 'must name exactly one of passwordEnv and passwordSecret';

export const authProtocols = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export const privProtocols = ['des', 'aes128', 'aes256'] as const;

const v3 = z.strictObject({
  name: nameSchema,
  version: z.literal('3'),
  user: lineSchema.min(1).max(32),
  auth: z
    .strictObject({ protocol: z.enum(authProtocols), ...passwordSource })
    .refine(onePassword, onePasswordWords)
    .optional(),
  priv: z
    .strictObject({ protocol: z.enum(privProtocols), ...passwordSource })
    .refine(onePassword, onePasswordWords)
    .optional()
    .describe('Needs auth: SNMPv3 encrypts only what it authenticates.'),
});
const v2c = z
  .strictObject({
    name: nameSchema,
    version: z.literal('2c'),
    communityEnv: variableSchema
      .optional()
      .describe('Name of the environment variable that holds the community.'),
    communitySecret: secretNameSchema.optional().describe('Name of a community in the encrypted store.'),
  })
  .refine(
    (value) => (value.communityEnv === undefined) !== (value.communitySecret === undefined),
    'must name exactly one of communityEnv and communitySecret',
  );
export const credentialSchema = z.discriminatedUnion('version', [v3, v2c]);

const edgeShape = {
  name: nameSchema,
  status: status.default('enabled'),
  deploymentStatus: z.enum(['in-production', 'trial']).optional(),
  proxyIp: ip,
  lbIp: ip.optional().describe('The load balancer’s own address; cluster mode only.'),
  managementIp: ip.optional().describe('Where SNMP is queried, unless snmp.host is set.'),
  subnetMask: mask.optional(),
  defaultGateway: ip.optional(),
  subscription: lineSchema.max(128).optional(),
  sku: z.enum(['SMALL', 'MEDIUM', 'LARGE']).optional(),
  snmp: z
    .strictObject({
      host: hostSchema.optional(),
      port: port.default(161),
      credential: z.string().min(1).describe('Name of one of the credentials.'),
    })
    .optional(),
  http: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .max(1024)
        .refine((text) => !/^https?:[/\\]*[^/\\?#]*@/i.test(text), 'must not hold a user name or a password')
        .optional()
        .describe('Health page; by default http://<proxy IP>:3128/index.html?=100'),
    })
    .optional(),
  tcp: z
    .strictObject({
      host: hostSchema.optional().describe('By default the proxy IP.'),
      port,
    })
    .optional()
    .describe('A port that must accept connections; nothing is sent.'),
  overrides: overridesSchema,
  vendorId,
};
const source = nameSchema
  .optional()
  .describe('Name of one of the sources, through which it is read; "direct": Heron polls it itself.');

export const clusterEdgeSchema = z.strictObject({ ...edgeShape, deployment: deployment.default('cluster') });
export const standaloneEdgeSchema = z.strictObject({
  ...edgeShape,
  source,
  deployment: deployment.default('standalone'),
});

/** How Heron finds out whether users of the cluster IP are served. */
const probe = z
  .strictObject({
    kind: z
      .enum(['tcp', 'http', 'off'])
      .default('tcp')
      .describe('tcp: connect and close at once; http: GET a page; off: connect to nothing.'),
    port: port
      .optional()
      .describe('By default the port at which the edges are polled by tcp or http, else 443 (http: 3128).'),
    path: lineSchema
      .max(1024)
      .regex(/^\/[\x21-\x7e]*$/, 'is not a path such as /index.html?=100')
      .optional()
      .describe('The page for http, by default /index.html?=100'),
    intervalMs: z.int().min(250).max(60_000).optional().describe('Milliseconds between two probes (1000).'),
  })
  .optional()
  .describe('How the cluster IP is probed, as its users reach it.');

export const clusterSchema = z.strictObject({
  name: nameSchema,
  site: lineSchema.max(64).optional(),
  status: status.default('enabled'),
  clusterIp: ip.describe('The address users are sent to.'),
  subnetMask: mask,
  defaultGateway: ip,
  ipsecLocalTermination: z.boolean().default(false),
  edgeCapacityMegabitsPerSecond: z
    .number()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('What one edge carries, in Mb/s. With it Heron tells how many edges the cluster can lose.'),
  witness: z
    .enum(['auto', ...witnessKinds])
    .optional()
    .describe('Which source of the LB role counts; auto finds out.'),
  vhid: z
    .int()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'The CARP or VRRP group (VHID, virtual router ID) of the cluster IP, where an edge has several; otherwise Heron finds out.',
    ),
  probe,
  source,
  overrides: overridesSchema,
  vendorId,
  edges: z.array(clusterEdgeSchema).min(1).max(maxEdgesPerCluster),
});

/**
 * Schema of the inventory file, for import and export. Rules between entries (unique names and addresses, one subnet, known
 * credentials) are in inventory-rules.ts.
 */
export const inventoryFileSchema = z.strictObject({
  $schema: z.string().optional(),
  credentials: z.array(credentialSchema).default([]),
  sources: z
    .array(metricsSourceSchema)
    .max(64)
    .optional()
    .describe('Prometheus-compatible engines through which clusters are read.'),
  clusters: z.array(clusterSchema).default([]),
  standaloneEdges: z.array(standaloneEdgeSchema).default([]),
});
export type InventoryFile = z.infer<typeof inventoryFileSchema>;
