import { z } from 'zod';

/** UDP ports a person may name for traps. Below 1024 most systems ask for more rights. */
export const trapPortSchema = z.number().int().min(1).max(65_535);

/** What is suggested where nothing was set: no system guards it, and net-snmp's own receiver is not on it. */
export const suggestedTrapPort = 10_162;

/** Whether Heron receives traps and informs. `state`: `failed` says in `words` why the port cannot be had. */
export const trapPortStatusSchema = z.object({
  /** The port that was set; null: none, which is how Heron begins. */
  port: trapPortSchema.nullable(),
  state: z.enum(['off', 'waiting', 'open', 'failed']),
  words: z.string(),
  /** This computer's own addresses: where the edges have to send to. */
  addresses: z.array(z.string()),
  /** What came in since the port was opened. */
  received: z.number().int(),
  taken: z.number().int(),
  /** Senders that were refused and why, newest first, a few at most. */
  refusals: z.array(z.object({ words: z.string(), count: z.number().int() })),
});
export type TrapPortStatus = z.infer<typeof trapPortStatusSchema>;
