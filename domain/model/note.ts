import { z } from 'zod';

const timeMs = z.number().int().min(0);

/** The longest note, in characters. */
export const longestNote = 4000;

/** What a note is about: a time or a span (UTC milliseconds), an incident (the number of its first event), or a cluster. */
export const noteAboutSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), fromMs: timeMs, toMs: timeMs }),
  z.object({ kind: z.literal('incident'), incidentId: z.number().int().min(1) }),
  z.object({ kind: z.literal('cluster') }),
]);
export type NoteAbout = z.infer<typeof noteAboutSchema>;

/** What a note says, and about what. Notes are never changed: a later one may replace an earlier one, or withdraw it. */
export const noteFields = {
  about: noteAboutSchema,
  author: z.string().min(1).max(80),
  text: z.string().min(1).max(longestNote),
  /** The number of the event of the note that it replaces; null: it is a new one. */
  replaces: z.number().int().min(1).nullable(),
  /** The note it replaces is not meant any more; the text says what it said. */
  withdrawn: z.boolean(),
};

/** A new note, as it is asked for. `clusterId`: whose timeline it stands on; null: on none. */
export const newNoteSchema = z.object({
  clusterId: z.string().min(1).max(200).nullable(),
  about: noteAboutSchema.refine(
    (about) => about.kind !== 'time' || about.toMs >= about.fromMs,
    'A span ends after it began.',
  ),
  author: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(longestNote),
  replaces: noteFields.replaces,
  withdrawn: z.boolean(),
});
export type NewNote = z.infer<typeof newNoteSchema>;
