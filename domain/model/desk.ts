import { z } from 'zod';
import { alertSeveritySchema } from './alert-rule';

const timeMs = z.number().int();
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 22:00');

/** Times of day, of this computer's time zone, between which only critical alerts are notified. */
export const deskQuietHoursSchema = z.object({ from: timeOfDay, to: timeOfDay });
export type DeskQuietHours = z.infer<typeof deskQuietHoursSchema>;

/** How this computer notifies of alerts, and what closing the window does. An unreadable value falls back to its own default. */
export const deskSettingsSchema = z.object({
  /** Closing the window goes on monitoring; null: the person has not decided yet. */
  closeKeepsMonitoring: z.boolean().nullable().catch(null),
  notifies: z.boolean().catch(true),
  /** The least severity that is notified, and that sounds. */
  notifiesFrom: alertSeveritySchema.catch('warning'),
  sounds: z.boolean().catch(true),
  soundsFrom: alertSeveritySchema.catch('warning'),
  /** Whether a sound is repeated until the alert is acknowledged or over. */
  repeats: z.boolean().catch(true),
  /** 0 to 1. */
  volume: z.number().min(0).max(1).catch(0.6),
  quietHours: deskQuietHoursSchema.nullable().catch(null),
});
export type DeskSettings = z.infer<typeof deskSettingsSchema>;

/** The settings where none are stored. */
export const defaultDeskSettings: DeskSettings = deskSettingsSchema.parse({});

/** How notifying went last. */
export const deskOutcomeSchema = z.object({
  lastSuccessMs: timeMs.nullable(),
  lastFailure: z.object({ atMs: timeMs, words: z.string() }).nullable(),
});
export type DeskOutcome = z.infer<typeof deskOutcomeSchema>;

export const deskStatusSchema = z.object({
  settings: deskSettingsSchema,
  notifications: deskOutcomeSchema,
  sounds: deskOutcomeSchema,
  /** Until when sounds are muted; null: they are not. */
  mutedUntilMs: timeMs.nullable(),
  /** Closing the window asks this once: to go on monitoring, or to quit. */
  asksToClose: z.boolean(),
  /** What quitting stops, one line each. */
  quitStops: z.array(z.string()),
  /** What waits until the wall is left, because no dialog may cover it; null: nothing. */
  waits: z.string().nullable(),
  /** When the person was away, and has not seen yet what happened; null: nothing is to be seen. */
  away: z.object({ fromMs: timeMs, toMs: timeMs }).nullable(),
});
export type DeskStatus = z.infer<typeof deskStatusSchema>;

/** One line of what happened while a person was away. */
export const awayItemSchema = z.object({
  /** `began`: it lasts; `ended`: it began before or meanwhile, and is over; `changed`: anything else. */
  kind: z.enum(['began', 'ended', 'changed']),
  severity: alertSeveritySchema.nullable(),
  title: z.string(),
  words: z.string(),
  /** When it began or happened, and when it ended; null: it lasts, or has no length. */
  fromMs: timeMs,
  toMs: timeMs.nullable(),
  /** The row of the clusters table that it is about; null: Heron itself. */
  rowId: z.string().nullable(),
});
export type AwayItem = z.infer<typeof awayItemSchema>;

export const awayReportSchema = z.object({
  fromMs: timeMs,
  toMs: timeMs,
  began: z.number().int(),
  ended: z.number().int(),
  changed: z.number().int(),
  /** What is listed, the most important first; at most `mostAwayItems`. */
  items: z.array(awayItemSchema),
  /** The time in it that was not monitored, milliseconds. */
  notMonitoredMs: z.number().min(0),
  /** There are older events in it that were not examined. */
  isCut: z.boolean(),
});
export type AwayReport = z.infer<typeof awayReportSchema>;

export const mostAwayItems = 200;
