import { z } from 'zod';
import { gapSpanSchema } from '../model/event';
import { rangeSchema } from '../model/history';
import { certainTimes, outageBounds, type TrackedOutage } from './outage-tracker';

/** An outage with its figures, as a query answers it. UTC milliseconds. */
export const recordedOutageSchema = z.object({
  clusterId: z.string(),
  kind: z.enum(['no-active-lb', 'no-serving-edge', 'flapping']),
  /** The time in which it lies; null: it is not known to have ended. */
  fromMs: z.number(),
  toMs: z.number().nullable(),
  /** The times in which it certainly lasted. */
  certain: z.array(rangeSchema),
  lengthMs: gapSpanSchema,
});
export type RecordedOutage = z.infer<typeof recordedOutageSchema>;

/** The figures of a cluster's outage. `nowMs`: until when one that lasts is measured. */
export function recordedOutage(clusterId: string, outage: TrackedOutage, nowMs: number): RecordedOutage {
  return {
    clusterId,
    kind: outage.kind,
    fromMs: outage.possible.fromMs,
    toMs: outage.possible.toMs,
    certain: certainTimes(outage, nowMs),
    lengthMs: outageBounds(outage, nowMs),
  };
}
