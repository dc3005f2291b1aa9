import { incidentSchema } from '../model/incident';
import { z } from 'zod';
import { momentSchema } from '../model/moment';

/** Incidents that overlap [fromMs, toMs), of one cluster or of all, latest first. */
export const incidentQuerySchema = z.object({
  clusterId: z.string().nullable(),
  /** UTC milliseconds; null: from the beginning, or until now. */
  fromMs: momentSchema.nullable(),
  toMs: momentSchema.nullable(),
  /** Only incidents before this one: the next page. */
  beforeId: z.number().int().nullable(),
  limit: z.number().int().min(1).max(500),
});
export type IncidentQuery = z.infer<typeof incidentQuerySchema>;

export const incidentPageSchema = z.object({
  incidents: z.array(incidentSchema),
  /** There are no older matches. */
  complete: z.boolean(),
});
export type IncidentPage = z.infer<typeof incidentPageSchema>;
