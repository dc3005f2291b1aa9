import { z } from 'zod';
import { momentSchema } from '../model/moment';
import { incidentKinds, type Incident } from '../model/incident';

/** How many incidents there are. */
export const incidentCountsSchema = z.object({
  open: z.number().int(),
  /** That cut users off, or may have. */
  cutOff: z.number().int(),
  /** Of each kind, open ones included. */
  kinds: z.record(z.enum(incidentKinds), z.number().int()),
});
export type IncidentCounts = z.infer<typeof incidentCountsSchema>;

export const incidentCountQuerySchema = z.object({
  /** Null: all. */
  clusterId: z.string().nullable(),
  /** Only those that began by then, UTC milliseconds; null: all. */
  beganByMs: momentSchema.nullable(),
  /** The present, which may end an incident, UTC milliseconds. */
  nowMs: momentSchema,
});
export type IncidentCountQuery = z.infer<typeof incidentCountQuerySchema>;

/** Whether an incident cut users off, or may have: a cluster or standalone edge was down, or no LB was active for a time. */
export function cutUsersOff({
  worst,
  withoutActiveLbMs,
}: Pick<Incident, 'worst' | 'withoutActiveLbMs'>): boolean {
  return worst === 'down' || worst === 'no-active-lb' || (withoutActiveLbMs?.atMost ?? 0) > 0;
}

/** Counts the incidents that are asked for. */
export function countIncidents(
  incidents: readonly Incident[],
  { clusterId, beganByMs }: Pick<IncidentCountQuery, 'clusterId' | 'beganByMs'>,
): IncidentCounts {
  const wanted = incidents.filter(
    ({ clusters, startMs }) =>
      (clusterId === null || clusters.some(({ id }) => id === clusterId)) &&
      (beganByMs === null || startMs <= beganByMs),
  );
  const kinds = Object.fromEntries(
    incidentKinds.map((kind) => [kind, wanted.filter((incident) => incident.kind === kind).length]),
  ) as IncidentCounts['kinds'];
  return {
    open: wanted.filter(({ endMs }) => endMs === null).length,
    cutOff: wanted.filter(cutUsersOff).length,
    kinds,
  };
}
