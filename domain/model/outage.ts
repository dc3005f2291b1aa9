import { z } from 'zod';
import { gapSpanSchema } from './event';

/**
 * A time in which users were cut off, and which is over. `no-active-lb`: no LB was active; `no-serving-edge`: no edge served;
 * `users-not-served`: Heron's probes of the cluster IP were not answered, whatever the edges reported.
 */
export const outageSchema = z.object({
  kind: z.enum(['no-active-lb', 'no-serving-edge', 'users-not-served']),
  /** Its earliest beginning and its latest end, UTC milliseconds. */
  fromMs: z.number().int(),
  toMs: z.number().int(),
  /** How long users were cut off, milliseconds; of several outages the sum. */
  lastedMs: gapSpanSchema,
  /** Number of outages: the oldest ones of a cluster that has many are counted together. */
  times: z.number().int().min(1),
});
export type Outage = z.infer<typeof outageSchema>;
