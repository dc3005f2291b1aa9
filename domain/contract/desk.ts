import { z } from 'zod';
import { alertSeveritySchema } from '../model/alert-rule';
import { awayReportSchema, deskSettingsSchema, deskStatusSchema } from '../model/desk';

const nothing = z.void();

/** Heron on this computer's desk: notifications, sounds, tray, closing, and what happened while the person was away. */
export const deskQueries = {
  'desk.status': { args: nothing, result: deskStatusSchema },
  /** What happened while the person was away; null: nothing that they have not seen. */
  'desk.away': { args: nothing, result: awayReportSchema.nullable() },
};

export const deskCommands = {
  /** Changes some settings. */
  'desk.set': { args: deskSettingsSchema.partial(), result: deskStatusSchema },
  /** Mutes sounds for this long, milliseconds; null: unmutes them. */
  'desk.mute': {
    args: z.object({ forMs: z.number().int().min(60_000).max(86_400_000).nullable() }),
    result: deskStatusSchema,
  },
  'desk.testNotification': { args: nothing, result: nothing },
  'desk.testSound': { args: z.object({ severity: alertSeveritySchema }), result: nothing },
  /** How playing a sound went; `words`: why it failed, null where it was played. */
  'desk.played': { args: z.object({ words: z.string().max(300).nullable() }), result: nothing },
  /** The answer to what closing the window asks; null: the window stays open. */
  'desk.answerClose': { args: z.object({ keepsMonitoring: z.boolean().nullable() }), result: nothing },
  'desk.awaySeen': { args: nothing, result: nothing },
  /** Who uses Heron now: what they have not seen is kept for each person. Empty: the system's user. */
  'desk.setPerson': { args: z.object({ name: z.string().trim().max(80) }), result: nothing },
  /** Keeps the display on while the wall is shown live. */
  'desk.keepAwake': { args: z.object({ on: z.boolean() }), result: nothing },
};

export const deskNotices = {
  'desk.changed': deskStatusSchema,
  /** A sound to play now; `volume` 0 to 1. */
  'desk.sound': z.object({
    severity: alertSeveritySchema,
    isEscalated: z.boolean(),
    volume: z.number().min(0).max(1),
  }),
};
