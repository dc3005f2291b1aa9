import { z } from 'zod';

/** What came of polling every edge once: how many edges, how many of them answered, and how long it took. */
export const pollRoundResultSchema = z.object({
  edges: z.number().int(),
  answered: z.number().int(),
  tookMs: z.number(),
});
export type PollRoundResult = z.infer<typeof pollRoundResultSchema>;
