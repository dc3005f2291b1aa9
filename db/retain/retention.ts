import { z } from 'zod';

/** At least this long: hours and days are made of what is kept in finer steps, once they are over. */
const leastDays = 3;
const days = z.number().int().min(leastDays).nullable();

/**
 * For how many days each kind is kept; null: for good. Spans, events, inventories, runs and the ledger are always kept for
 * good: they are small, and what an audit asks for.
 */
export const retentionSchema = z.strictObject({
  /** Single samples. */
  sampleDays: days,
  /** Minutes: least, average, most, and how many. */
  minuteDays: days,
  /** The same of hours. */
  hourDays: days,
});
export type Retention = z.infer<typeof retentionSchema>;

/** A quarter of a year in full, a year and a month by the minute, and hours for good. */
export const defaultRetention: Retention = { sampleDays: 90, minuteDays: 400, hourDays: null };
