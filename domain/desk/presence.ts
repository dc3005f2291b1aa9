import { z } from 'zod';
import { deskTimes } from '../model/thresholds';

/** What the system reports of a person at one time. */
export interface PresenceSample {
  nowMs: number;
  /** Since the last input to this computer, milliseconds. */
  idleMs: number;
  isLocked: boolean;
  /** The window is shown, and not minimised. */
  isShown: boolean;
}

/** When a person last looked, and the time of which they have not seen yet what happened. Times are UTC milliseconds. */
export const presenceSchema = z.object({
  lookedMs: z.number().int(),
  /** The window was hidden or the screen locked since then. */
  wasHidden: z.boolean(),
  unseen: z.object({ fromMs: z.number().int(), toMs: z.number().int() }).nullable(),
});
export type Presence = z.infer<typeof presenceSchema>;

/**
 * A person's presence after one more sample. They were away if there was no input for `idleAwayMs`, or if the window was hidden
 * or the screen locked for `hiddenAwayMs`. What is unseen grows with each further absence until it is seen.
 *
 * @param before null: this person has not been seen before
 */
export function observePresence(before: Presence | null, sample: PresenceSample): Presence {
  const { nowMs, idleMs, isLocked, isShown } = sample;
  const inputMs = Math.round(nowMs - idleMs);
  if (before === null) return { lookedMs: Math.round(nowMs), wasHidden: false, unseen: null };
  // A clock that was set back must not make everything unseen for ever.
  const past = before.lookedMs > nowMs ? { ...before, lookedMs: Math.round(nowMs) } : before;
  if (isLocked || !isShown) {
    if (past.wasHidden) return past;
    const hasLooked = nowMs - past.lookedMs < deskTimes.idleAwayMs;
    return { ...past, lookedMs: hasLooked ? Math.round(nowMs) : past.lookedMs, wasHidden: true };
  }
  if (inputMs <= past.lookedMs) return past;
  const awayMs = inputMs - past.lookedMs;
  const wasAway = awayMs >= (past.wasHidden ? deskTimes.hiddenAwayMs : deskTimes.idleAwayMs);
  const unseen = wasAway
    ? { fromMs: past.unseen?.fromMs ?? past.lookedMs, toMs: Math.round(nowMs) }
    : past.unseen;
  return { lookedMs: inputMs, wasHidden: false, unseen };
}

/** A person's presence as Heron starts: it was not shown since they last looked. */
export function presenceAfterStart(stored: Presence): Presence {
  return { ...stored, wasHidden: true };
}
