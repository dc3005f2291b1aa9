import { z } from 'zod';

/** The end of the year 9999 in UTC milliseconds: ISO 8601 has no later one, and with a zone's offset it is still a date. */
export const lastMomentMs = 253_402_300_799_999;

/** An instant that somebody asks about, UTC milliseconds. */
export const momentSchema = z.number().int().min(0).max(lastMomentMs);
