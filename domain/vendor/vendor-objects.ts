import { z } from 'zod';

/*
 * What the vendor's inventory API answers, as far as Heron reads it (its public description of virtualZenClusters and virtualZenNodes).
 * Fields that Heron does not know are ignored, so that the vendor can add some.
 */

/** The API counts with 64-bit numbers; as text they stay exact and can be keys. */
const vendorId = z
  .union([z.int().min(0), z.string().regex(/^\d{1,19}$/)])
  .transform(String)
  .describe('The vendor’s number of an object.');

/** A text of one printable line, or nothing where the API leaves it out or empty. */
const line = z
  .string()
  .max(255)
  .nullish()
  .transform((text) => {
    const printable = (text ?? '').replace(/\p{C}/gu, '').trim();
    return printable === '' ? null : printable;
  });

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

export const vendorStatuses = [
  'ENABLED',
  'DISABLED',
  'DISABLED_BY_SERVICE_PROVIDER',
  'NOT_PROVISIONED_IN_SERVICE_PROVIDER',
  'IN_TRIAL',
] as const;

/** A status that is not in the description reads as null: it is no reason to refuse the object. */
const status = z
  .enum(vendorStatuses)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

export const vendorClusterSchema = z.object({
  id: vendorId,
  name: line,
  status,
  ipAddress: line,
  subnetMask: line,
  defaultGateway: line,
  type: line,
  ipSecEnabled: flag,
  virtualZenNodes: z
    .array(z.object({ id: vendorId, name: line }))
    .nullish()
    .transform((nodes) => nodes ?? []),
});
export type VendorCluster = z.infer<typeof vendorClusterSchema>;

export const vendorEdgeSchema = z.object({
  id: vendorId,
  name: line,
  status,
  inProduction: flag,
  ipAddress: line,
  subnetMask: line,
  defaultGateway: line,
  loadBalancerIpAddress: line,
  deploymentMode: z
    .enum(['STANDALONE', 'CLUSTER'])
    .nullish()
    .catch(null)
    .transform((mode) => mode ?? null),
  clusterName: line,
  ipSecEnabled: flag,
  vzenSkuType: z
    .enum(['SMALL', 'MEDIUM', 'LARGE'])
    .nullish()
    .catch(null)
    .transform((sku) => sku ?? null),
});
export type VendorEdge = z.infer<typeof vendorEdgeSchema>;

/** Everything that the API had, and when the last page of it was read, UTC milliseconds. */
export interface VendorInventory {
  readAtMs: number;
  clusters: VendorCluster[];
  edges: VendorEdge[];
}
