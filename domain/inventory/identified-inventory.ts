import { z } from 'zod';
import { clusterEdgeSchema, clusterSchema, credentialSchema, standaloneEdgeSchema } from './inventory-file';

const ids = { id: z.string().min(1), clusterId: z.string().min(1).nullable() };

/** An inventory with its ids, as it crosses to the window. It names where passwords are and never holds one. */
export const identifiedInventorySchema = z.object({
  credentials: z.array(credentialSchema),
  clusters: z.array(
    clusterSchema.extend({ id: z.string().min(1), edges: z.array(clusterEdgeSchema.extend(ids)) }),
  ),
  standaloneEdges: z.array(standaloneEdgeSchema.extend(ids)),
});
