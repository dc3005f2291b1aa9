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

/** Several outages as one, for a line of text; null: none. */
export function outagesTogether(outages: readonly Outage[]): Outage | null {
  return outages.reduce<Outage | null>((all, outage) => (all ? together(all, outage) : outage), null);
}

function together(one: Outage, other: Outage): Outage {
  return {
    kind: one.kind === other.kind ? one.kind : 'no-active-lb',
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
    lastedMs: {
      atLeast: one.lastedMs.atLeast + other.lastedMs.atLeast,
      atMost: one.lastedMs.atMost + other.lastedMs.atMost,
    },
    times: one.times + other.times,
  };
}
