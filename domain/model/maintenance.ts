import { z } from 'zod';
import { healthSchema, reasonSchema } from './health';

const timeMs = z.number().int();
const dayMinutes = 1440;

/** A day of the calendar, `2026-12-27`. */
export const dateSchema = z.string().refine(isDate, 'must be a date that exists, such as 2026-12-27');

/** A time as the clocks of a zone show it, `2026-12-27T01:00`. */
export const localTimeSchema = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && isDate(text.slice(0, 10)),
    'must be a date and time that exist, such as 2026-12-27T01:00',
  );

/** 1 Monday to 7 Sunday. */
const weekdaySchema = z.int().min(1).max(7);

/** The days on which a recurring maintenance window begins. A month without such a day has none. */
export const everySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day') }),
  z.object({ kind: z.literal('week'), weekdays: z.array(weekdaySchema).min(1).max(7) }),
  z.object({ kind: z.literal('month-day'), day: z.int().min(1).max(31) }),
  /** `nth` 5: the last one of the month. */
  z.object({ kind: z.literal('month-weekday'), nth: z.int().min(1).max(5), weekday: weekdaySchema }),
]);
export type Every = z.infer<typeof everySchema>;

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once'), from: localTimeSchema, to: localTimeSchema }),
  z.object({
    kind: z.literal('recurring'),
    every: everySchema,
    /** Minutes after midnight by the clocks of the zone. An end that is not after the beginning is on the following day. */
    fromMinute: z
      .int()
      .min(0)
      .max(dayMinutes - 1),
    untilMinute: z.int().min(0).max(dayMinutes),
    /** The first and last day on which it may begin; `last` null: no end. */
    first: dateSchema,
    last: dateSchema.nullable(),
  }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

const idSchema = z.string().min(1).max(200);

/** A condition with `*` and `?` for any characters and any one character; upper and lower case are alike. */
export const matchTermSchema = z.object({
  field: z.enum(['site', 'name', 'edge']),
  pattern: z.string().trim().min(1).max(100),
});
export type MatchTerm = z.infer<typeof matchTermSchema>;

/**
 * What a window is about. `rule`: whatever has one of the patterns of each field that is named, also what is added later; without terms
 * everything. With `edge` terms only these edges, else whole clusters and standalone edges. `list`: these rows, or these edges of them.
 */
export const matcherSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rule'), terms: z.array(matchTermSchema).max(20) }),
  z.object({
    kind: z.literal('list'),
    rows: z
      .array(z.object({ rowId: idSchema, edgeIds: z.array(idSchema).min(1).max(64).nullable() }))
      .max(5000),
  }),
]);
export type Matcher = z.infer<typeof matcherSchema>;

/** What a person decides about a maintenance window. */
export const maintenanceDraftSchema = z.object({
  /** Why, in the person's words: shown on the wall, in alerts and in reports. */
  purpose: z.string().trim().min(1).max(200),
  matcher: matcherSchema,
  schedule: scheduleSchema,
  /** IANA name of the time zone whose clocks the schedule follows. */
  zone: z.string().max(60),
  /** When the clocks change during a window: it ends when they show its end, or after its length. */
  whenClockChanges: z.enum(['keep-end', 'keep-length']),
  ifSomethingElseFails: z.enum(['wait', 'alert-anyway']),
  /** What alerts do some minutes after the end (`thresholds.maintenanceGraceMs`) about what is not up. */
  afterwards: z.enum(['alert-if-not-up', 'nothing']),
});
export type MaintenanceDraft = z.infer<typeof maintenanceDraftSchema>;

/** A planned maintenance window, as the history records it. */
export const maintenanceWindowSchema = maintenanceDraftSchema.extend({
  windowId: idSchema,
  author: z.string().trim().min(1).max(80),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindowSchema>;

/** One time of a window that is in progress, on one row. */
export const maintenanceInForceSchema = z.object({
  windowId: idSchema,
  purpose: z.string(),
  author: z.string(),
  fromMs: timeMs,
  untilMs: timeMs,
  /** Null: the whole row. */
  edges: z.array(z.object({ edgeId: z.string(), edgeName: z.string() })).nullable(),
  ifSomethingElseFails: maintenanceDraftSchema.shape.ifSomethingElseFails,
  afterwards: maintenanceDraftSchema.shape.afterwards,
});
export type MaintenanceInForce = z.infer<typeof maintenanceInForceSchema>;

/** What was observed of something in maintenance. */
export const observedSchema = z.object({ health: healthSchema, reasons: z.array(reasonSchema) });

/** The maintenance that a cluster or an edge is in, as its view shows it. */
export const shownMaintenanceSchema = z.object({
  windowId: z.string(),
  purpose: z.string(),
  author: z.string(),
  fromMs: timeMs,
  /** The latest end of the windows in force. */
  untilMs: timeMs,
  /** The state by the readings, and since when. Its reasons follow the first one, which is about the maintenance. */
  observed: healthSchema,
  observedSinceMs: z.number().nullable(),
});
export type ShownMaintenance = z.infer<typeof shownMaintenanceSchema>;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}
