import { z } from 'zod';
import { rangeSchema } from '../model/history';
import { stateLaneSchema } from '../model/state-lane';

/** A stretch that this Heron did not watch and a metrics source did. */
export const sourcePartSchema = rangeSchema.extend({
  /** The name of the source. */
  source: z.string(),
  /** A state is that of a whole step: what changed, changed within one. Milliseconds. */
  stepMs: z.number().int().positive(),
  /** The clusters and standalone edges whose states the source has. */
  rowIds: z.array(z.string()),
});
export type SourcePart = z.infer<typeof sourcePartSchema>;

/** Why a part of what was asked for is missing or doubtful. */
export const sourceNoteSchema = z.object({
  kind: z.enum(['failure', 'nothing', 'limit', 'doubled', 'clock']),
  source: z.string(),
  words: z.string(),
});
export type SourceNote = z.infer<typeof sourceNoteSchema>;

/** The states of what metrics sources watched while this Heron did not. They are no part of the history, and nothing proves them. */
export const sourcePastSchema = z.object({
  lanes: z.array(stateLaneSchema),
  parts: z.array(sourcePartSchema),
  notes: z.array(sourceNoteSchema),
});
export type SourcePast = z.infer<typeof sourcePastSchema>;

export const sourcePastQueries = {
  /** Reads metrics engines, which may take seconds. Empty where nothing is read through one, and while a file is open. */
  'sources.past': {
    args: rangeSchema.extend({ rowIds: z.array(z.string()).max(20_000) }),
    result: sourcePastSchema,
  },
};
