import { z } from 'zod';
import { causeSchema, gapSpanSchema } from './event';
import { healthSchema } from './health';

/**
 * The kinds of incidents, worst first: an incident has the first kind that applies to any of its events. `cluster-down`: no edge of
 * a cluster served. `not-seen`: edges or whole clusters were not reachable, which says nothing about their users.
 */
export const incidentKinds = [
  'cluster-down',
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

/** Events that belong together: a disturbance with its cause, consequences and recovery. Times are UTC milliseconds. */
export const incidentSchema = z.object({
  /** The row number of its first event. */
  id: z.number().int(),
  kind: z.enum(incidentKinds),
  /** The worst state of a cluster (or a standalone edge) during it. */
  worst: healthSchema,
  startMs: timeMs,
  /** When its last event happened, once nothing is wrong any more; null while it is open. */
  endMs: timeMs.nullable(),
  /** Until when it is observed, and reopens if something happens; null: it is open, or over. */
  observedUntilMs: timeMs.nullable(),
  clusters: z.array(named),
  edges: z.array(named),
  /** Number of failovers and failbacks. */
  moves: z.number().int(),
  /** Bounds of the longest time without an active LB or a serving edge, of flapping the sum, milliseconds; null: there was none. */
  withoutActiveLbMs: gapSpanSchema.nullable(),
  cause: causeSchema,
  /** It was part of a rolling update of its cluster. */
  rollingUpdate: z.boolean(),
  /** Row numbers of its events, in order. */
  eventIds: z.array(z.number().int()),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentKind = Incident['kind'];
