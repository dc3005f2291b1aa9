import { z } from 'zod';

/**
 * The outcome of one probe. `answered`: the port accepted the connection, or the page answered. `refused`: something at the address
 * answers, but not the service. `failed`: no answer in time. `intercepted`: something on the way answers for every address.
 * `not-tried`: this computer could not send it. The last two say nothing about the cluster.
 */
export type ProbeOutcome = 'answered' | 'refused' | 'failed' | 'intercepted' | 'not-tried';

/** One probe of a cluster IP or a gateway. */
export interface ProbeResult {
  outcome: ProbeOutcome;
  /** UTC milliseconds. */
  startedAtMs: number;
  finishedAtMs: number;
  startedMonotonicMs: number;
  finishedMonotonicMs: number;
  /** What happened, for people. */
  words: string;
}

/** Whether users are served through the cluster IP, as far as Heron's own connections show. */
export const userPathSchema = z.object({
  /** The address and port that is probed, for people: `10.20.0.10:443`. */
  target: z.string(),
  /** `unknown`: it has never answered, or Heron's own way to it may be the fault. */
  state: z.enum(['served', 'not-served', 'unknown']),
  /** Since when, UTC milliseconds; null: unknown. */
  sinceMs: z.number().nullable(),
  /** Why it is unknown; otherwise empty. */
  words: z.string(),
  /** Whether the cluster's default gateway answers; `unknown`: it never has. */
  gateway: z.enum(['answers', 'silent', 'unknown']),
});
export type UserPathView = z.infer<typeof userPathSchema>;
