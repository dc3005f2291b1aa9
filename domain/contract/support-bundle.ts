import { z } from 'zod';

/** One part of a support bundle: what it is, how much of it there is, and where it begins in the text. */
const partSchema = z.object({
  title: z.string(),
  words: z.string(),
  /** Line of the text, from 0. */
  line: z.number().int().min(0),
});
export type SupportPart = z.infer<typeof partSchema>;

export const supportQueries = {
  /** Makes a support bundle and keeps it until the next one, so that what is saved is what was shown. */
  'support.bundle': {
    /** `redact`: pseudonyms for all names and addresses. */
    args: z.object({ redact: z.boolean() }),
    result: z.object({ id: z.uuid(), text: z.string(), parts: z.array(partSchema) }),
  },
} as const;

export const supportCommands = {
  /** Opens a save dialog for the bundle made last; returns the path, or null when the person cancelled. */
  'support.save': { args: z.object({ id: z.uuid() }), result: z.string().nullable() },
} as const;
