import { z } from 'zod';

/** Minimum: hours and days are made from finer data once they are over. */
const leastDays = 3;
const days = z.number().int().min(leastDays).nullable();

/**
 * For how many days each kind of data is retained; null: without limit. Spans, events, inventories, runs and the ledger are never
 * removed: they are small, and an audit needs them.
 */
export const retentionSchema = z.strictObject({
  /** Single samples. */
  sampleDays: days,
  /** Minutes: minimum, average, maximum and count. */
  minuteDays: days,
  /** The same of hours. */
  hourDays: days,
});
export type Retention = z.infer<typeof retentionSchema>;

/** Samples for a quarter of a year, minutes for 13 months, hours without limit. */
export const defaultRetention: Retention = { sampleDays: 90, minuteDays: 400, hourDays: null };
