import { z } from 'zod';

/** How a lab is built. Everything has a default; the limits are the domain's (2..16 edges) and the lab's own. */
export const labOptionsSchema = z.strictObject({
  clusters: z.int().min(1).max(8).default(1),
  edges: z.int().min(2).max(16).default(3),
  /** Seconds between advertisements of the best LB. */
  advbaseSeconds: z.int().min(1).max(60).default(1),
  /** Edge n advertises with advskew (n - 1) times this: the first edge is the preferred one. */
  advskewStep: z.int().min(0).max(16).default(10),
  /** Whether a better LB takes the role back. */
  preempt: z.boolean().default(true),
  /** How long snmpd may answer `extend carp` from its cache; 0: it runs the command for every poll. */
  carpCacheSeconds: z.int().min(0).max(60).default(0),
  /** UDP port of the poller's address that traps are sent to; null: no traps. */
  trapPort: z.int().min(1).max(65535).nullable().default(null),
  /** Requests a second from the users to the cluster IP; 0: no traffic. */
  trafficPerSecond: z.int().min(0).max(500).default(0),
});
export type LabOptions = z.infer<typeof labOptionsSchema>;
