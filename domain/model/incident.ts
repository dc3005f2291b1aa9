import { z } from 'zod';
import { causeSchema, gapSpanSchema } from './event';
import { healthSchema } from './health';

/**
 * What an incident is called, worst first: of all that happened in it, the first of these. `not-seen`: edges or whole clusters
 * could not be seen, which says nothing of their users.
 */
export const incidentKinds = [
  'no-active-lb',
  'split-brain',
  'flapping',
  'failover',
  'edge-down',
  'degraded',
  'failback',
  'not-seen',
] as const;

const named = z.object({ id: z.string(), name: z.string() });
const timeMs = z.number().int();

/** Events that belong together: a disturbance with its cause, its consequences and its recovery. Times are UTC milliseconds. */
export const incidentSchema = z.object({
  /** The number of its first event. */
  id: z.number().int(),
  kind: z.enum(incidentKinds),
  /** The worst state a cluster (or a standalone edge) was in meanwhile. */
  worst: healthSchema,
  startMs: timeMs,
  /** When its last event happened, once all has been well for long enough; null while it is open. */
  endMs: timeMs.nullable(),
  clusters: z.array(named),
  edges: z.array(named),
  /** Failovers and failbacks in it. */
  moves: z.number().int(),
  /** The longest time without an active LB: surely at least, possibly at most, milliseconds; null: there was none. */
  withoutActiveLbMs: gapSpanSchema.nullable(),
  cause: causeSchema,
  /** It happened while the edges of its cluster were updated one after another. */
  rollingUpdate: z.boolean(),
  /** Its events' numbers, in order. */
  eventIds: z.array(z.number().int()),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentKind = Incident['kind'];
