import { z } from 'zod';

/** Why a request failed: what was wrong, where, what to do. Never a stack or a secret. */
export const requestFailureSchema = z.object({
  what: z.string(),
  where: z.string(),
  todo: z.string(),
  /** The single faults where there are several, one line each, without repeating `where`. */
  faults: z.array(z.string()).optional(),
});
export type RequestFailure = z.infer<typeof requestFailureSchema>;
