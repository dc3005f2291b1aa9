import { z } from 'zod';
import { witnessKinds } from '../role';
import { parseIpv4, maskLength } from './ipv4';

/** Most edges a cluster may have (vendor's rule). Fewer than two is allowed in a file, and is a finding. */
export const maxEdgesPerCluster = 16;

const name = z.string().trim().min(1).max(64).describe('Shown everywhere; unique in the inventory.');
const ip = z
  .string()
  .refine((text) => parseIpv4(text) !== null, 'not an IPv4 address such as 10.20.0.11')
  .describe('IPv4 address in dotted decimals.');
const mask = z
  .string()
  .refine((text) => maskLength(text) !== null, 'not a subnet mask such as 255.255.255.0')
  .describe('Subnet mask in dotted decimals.');
const port = z.int().min(1).max(65535);
const status = z.enum(['enabled', 'disabled']);
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not the name of an environment variable (the password itself must not be here)');

/** Where a password comes from: the environment, or Heron's own encrypted store. Exactly one; never the password. */
const secretSource = {
  passwordEnv: variable.optional().describe('Name of the environment variable that holds the password.'),
  passwordSecret: z.string().min(1).optional().describe('Name of a password in the encrypted store.'),
};
const oneSource = (value: { passwordEnv?: string | undefined; passwordSecret?: string | undefined }): boolean =>
  (value.passwordEnv === undefined) !== (value.passwordSecret === undefined);
const oneSourceWords = 'name exactly one of passwordEnv and passwordSecret';

export const authProtocols = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export const privProtocols = ['des', 'aes128', 'aes256'] as const;

const v3 = z.strictObject({
  name,
  version: z.literal('3'),
  user: z.string().min(1).max(32),
  auth: z
    .strictObject({ protocol: z.enum(authProtocols), ...secretSource })
    .refine(oneSource, oneSourceWords)
    .optional(),
  priv: z
    .strictObject({ protocol: z.enum(privProtocols), ...secretSource })
    .refine(oneSource, oneSourceWords)
    .optional(),
});
const v2c = z.strictObject({
  name,
  version: z.literal('2c'),
  communityEnv: variable.optional(),
  communitySecret: z.string().min(1).optional(),
});
const credential = z.discriminatedUnion('version', [v3, v2c]);

const edge = z.strictObject({
  name,
  status: status.default('enabled'),
  deployment: z.enum(['cluster', 'standalone']).default('cluster'),
  deploymentStatus: z.enum(['in-production', 'trial']).optional(),
  proxyIp: ip,
  lbIp: ip.optional().describe('The load balancer’s own address; cluster mode only.'),
  managementIp: ip.optional().describe('Where SNMP is asked unless snmp.host says otherwise.'),
  subnetMask: mask.optional(),
  defaultGateway: ip.optional(),
  subscription: z.string().optional(),
  sku: z.enum(['SMALL', 'MEDIUM', 'LARGE']).optional(),
  snmp: z
    .strictObject({
      host: z.string().min(1).max(253).optional(),
      port: port.default(161),
      credential: z.string().min(1),
    })
    .optional(),
  http: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('Health page; by default http://<proxy IP>:3128/index.html?=100'),
    })
    .optional(),
});

const cluster = z.strictObject({
  name,
  site: z.string().max(64).optional(),
  status: status.default('enabled'),
  clusterIp: ip,
  subnetMask: mask,
  defaultGateway: ip,
  ipsecLocalTermination: z.boolean().default(false),
  witness: z
    .enum(['auto', ...witnessKinds])
    .optional()
    .describe('Whose word on the LB role counts; auto finds out.'),
  edges: z.array(edge).min(1).max(maxEdgesPerCluster),
});

/**
 * The inventory file's shape, for import and export alike. What ties several entries together (unique names and
 * addresses, one subnet, known credentials) is checked in inventory-rules.ts.
 */
export const inventoryFileSchema = z.strictObject({
  $schema: z.string().optional(),
  credentials: z.array(credential).default([]),
  clusters: z.array(cluster).default([]),
  standaloneEdges: z.array(edge).default([]),
});
export type InventoryFile = z.infer<typeof inventoryFileSchema>;
