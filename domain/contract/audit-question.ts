import { z } from 'zod';
import { momentSchema } from '../model/moment';
import { calendarSchema } from '../calendar/calendar';
import { zoneSchema } from '../calendar/zone';
import { rangeSchema } from '../model/history';

/** The questions that auditors ask of a history. */
export const auditQuestionSchema = z.enum([
  'availability',
  'active-lb',
  'role-changes',
  'failovers',
  'alerts',
  'acknowledgements',
  'silences',
  'maintenance',
  'notes',
  'configuration',
  'gaps',
]);
export type AuditQuestion = z.infer<typeof auditQuestionSchema>;

export const targetPercentSchema = z.number().gt(0, 'must be above 0').max(100, 'must be at most 100');

/** A question with everything that it depends on. Times are UTC milliseconds. */
export const askedQuestionSchema = z.object({
  question: auditQuestionSchema,
  range: rangeSchema,
  /** Ids of rows; null: all. */
  clusterIds: z.array(z.string().max(300)).max(5000).nullable(),
  /** The moment of `active-lb`. */
  atMs: momentSchema,
  /** The availability agreed on, in percent; null: none. */
  targetPercent: targetPercentSchema.nullable(),
  /** A row for each calendar month. */
  monthly: z.boolean(),
  /** The zone of months, and of local times beside UTC; null: UTC alone. */
  zone: zoneSchema.nullable(),
  /** The hours that count for availability; null: around the clock. */
  calendar: calendarSchema.nullable(),
});
export type AskedQuestion = z.infer<typeof askedQuestionSchema>;

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** An answer as a table. */
export const auditAnswerSchema = z.object({
  columns: z.array(z.string()),
  /** The columns that a table for people shows. */
  shown: z.array(z.string()),
  /** The column with the time at which a row was recorded, ISO 8601 in UTC. */
  recordedColumn: z.string(),
  rows: z.array(z.array(cellSchema)),
  /** Whether there are more rows than these. */
  cut: z.boolean(),
  /** What the answer covers and what it does not, as sentences. */
  notes: z.array(z.string()),
});
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;

/** The largest table that the window shows; `heron audit query` has no limit. */
export const mostAnswerRows = 20_000;

export const auditQueries = {
  /** Answers a question from the file that is open, else from the recorded history. */
  'audit.ask': { args: askedQuestionSchema, result: auditAnswerSchema },
};
