import { z } from 'zod';
import { credentialSchema } from '../inventory/inventory-file';
import { secretNameSchema, variableSchema } from '../inventory/inventory-text';
import { importRuleSchema } from './import-rules';

/** A part of a host name (RFC 1123 section 2.1), so that it cannot lead to another host. */
const label = (what: string) =>
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, `is not ${what}: lower-case letters, digits and -`);

/** Where the inventory comes from at the vendor, and what the vendor does not know. Names its secret and never contains it. */
export const vendorSourceSchema = z
  .strictObject({
    vanity: label('a vanity name').describe('The first part of the sign-in address: <vanity>.zslogin.net.'),
    cloud: label('a cloud').optional().describe('Another cloud than the production one.'),
    clientId: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[\x21-\x7e]+$/, 'is not a client id: one word of printable characters'),
    clientSecretEnv: variableSchema.optional().describe('Environment variable that holds the client secret.'),
    clientSecretSecret: secretNameSchema
      .optional()
      .describe('Name of the client secret in the encrypted store.'),
    rules: z.array(importRuleSchema).max(1000).default([]),
    credentials: z
      .array(credentialSchema)
      .max(100)
      .default([])
      .describe('SNMP credentials that the rules name.'),
  })
  .refine(
    (source) => (source.clientSecretEnv === undefined) !== (source.clientSecretSecret === undefined),
    'must name exactly one of clientSecretEnv and clientSecretSecret',
  );
export type VendorSource = z.infer<typeof vendorSourceSchema>;

/** Addresses of the vendor's services. */
export interface VendorAddresses {
  tokenUrl: string;
  apiUrl: string;
}

/** The addresses of a source's cloud, as the vendor documents them. */
export function vendorAddresses({ vanity, cloud }: Pick<VendorSource, 'vanity' | 'cloud'>): VendorAddresses {
  return {
    tokenUrl: `https://${vanity}.zslogin${cloud ?? ''}.net/oauth2/v1/token`,
    apiUrl: `https://api.${cloud === undefined ? '' : `${cloud}.`}zsapi.net/zia/api/v1`,
  };
}
