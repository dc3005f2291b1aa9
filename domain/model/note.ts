import { z } from 'zod';
import { lastMomentMs } from './moment';

const timeMs = z.number().int().min(0);

/** Maximum length of a note, in characters. */
export const maxNoteLength = 4000;

/** What a note is about: a time or a range (UTC milliseconds), an incident (row number of its first event), or a cluster. */
export const noteAboutSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), fromMs: timeMs, toMs: timeMs }),
  z.object({ kind: z.literal('incident'), incidentId: z.number().int().min(1) }),
  z.object({ kind: z.literal('cluster') }),
]);
export type NoteAbout = z.infer<typeof noteAboutSchema>;

/** The content of a note. Notes are never changed: a later one may replace or withdraw an earlier one. */
export const noteFields = {
  about: noteAboutSchema,
  author: z.string().min(1).max(80),
  text: z.string().min(1).max(maxNoteLength),
  /** The row number of the note that it replaces; null: it is a new note. */
  replaces: z.number().int().min(1).nullable(),
  /** It withdraws the note that it replaces, and repeats its text. */
  withdrawn: z.boolean(),
};

/** A request for a new note. `clusterId`: the cluster on whose timeline it appears; null: on none. */
export const newNoteSchema = z.object({
  clusterId: z.string().min(1).max(200).nullable(),
  about: noteAboutSchema
    .refine((about) => about.kind !== 'time' || about.toMs >= about.fromMs, 'A span ends after it began.')
    .refine((about) => about.kind !== 'time' || about.toMs <= lastMomentMs, 'A span ends by the year 9999.'),
  author: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(maxNoteLength),
  replaces: noteFields.replaces,
  withdrawn: z.boolean(),
});
export type NewNote = z.infer<typeof newNoteSchema>;
