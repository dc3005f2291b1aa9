import { z } from 'zod';
import { incidentKinds, type Incident } from '../model/incident';
import { momentSchema } from '../model/moment';
import { incidentText } from '../words/incidents';

/** Which incidents are of interest: those of a cluster and a time. */
export const incidentScopeSchema = z.object({
  /** Null: all. */
  clusterId: z.string().nullable(),
  /** Only those that began by then, UTC milliseconds; null: all. */
  beganByMs: momentSchema.nullable(),
  /** Only those that were not over by then, UTC milliseconds; null: all. */
  sinceMs: momentSchema.nullable(),
});
export type IncidentScope = z.infer<typeof incidentScopeSchema>;

/** Which of those are shown. */
export const incidentFilterSchema = z.object({
  /** Empty: all. */
  kinds: z.array(z.enum(incidentKinds)).max(incidentKinds.length),
  openOnly: z.boolean(),
  /** Only those that cut users off, or may have. */
  cutOffOnly: z.boolean(),
  /** Search words in lower case: every one must occur. */
  terms: z.array(z.string().max(500)).max(50),
});
export type IncidentFilter = z.infer<typeof incidentFilterSchema>;

/** Hides nothing. */
export const allIncidents: IncidentFilter = { kinds: [], openOnly: false, cutOffOnly: false, terms: [] };

export function isInScope(
  { clusters, startMs, endMs }: Incident,
  { clusterId, beganByMs, sinceMs }: IncidentScope,
): boolean {
  if (clusterId !== null && !clusters.some(({ id }) => id === clusterId)) return false;
  if (beganByMs !== null && startMs > beganByMs) return false;
  return sinceMs === null || endMs === null || endMs >= sinceMs;
}

export function passesFilter(
  incident: Incident,
  { kinds, openOnly, cutOffOnly, terms }: IncidentFilter,
): boolean {
  if (kinds.length > 0 && !kinds.includes(incident.kind)) return false;
  if (openOnly && incident.endMs !== null) return false;
  if (cutOffOnly && !cutUsersOff(incident)) return false;
  if (terms.length === 0) return true;
  const text = incidentText(incident);
  return terms.every((term) => text.includes(term));
}

/** Whether an incident cut users off, or may have: a cluster or standalone edge was down, or no LB was active for a time. */
export function cutUsersOff({
  worst,
  withoutActiveLbMs,
}: Pick<Incident, 'worst' | 'withoutActiveLbMs'>): boolean {
  return worst === 'down' || worst === 'no-active-lb' || (withoutActiveLbMs?.atMost ?? 0) > 0;
}
