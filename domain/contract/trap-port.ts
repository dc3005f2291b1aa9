import { z } from 'zod';

/** UDP port for traps. Most systems require extra privileges below 1024. */
export const trapPortSchema = z.number().int().min(1).max(65_535);

/** Suggested port: needs no privileges, and is not the default of net-snmp's own receiver. */
export const suggestedTrapPort = 10_162;

/** Whether Heron receives traps and informs. When `state` is `failed`, `words` has the reason. */
export const trapPortStatusSchema = z.object({
  /** The configured port; null: none, the default. */
  port: trapPortSchema.nullable(),
  state: z.enum(['off', 'waiting', 'open', 'failed']),
  words: z.string(),
  /** This computer's addresses, which edges must send to. */
  addresses: z.array(z.string()),
  /** Messages since the port was opened. */
  received: z.number().int(),
  taken: z.number().int(),
  /** The latest refused senders and why, newest first. */
  refusals: z.array(z.object({ words: z.string(), count: z.number().int() })),
});
export type TrapPortStatus = z.infer<typeof trapPortStatusSchema>;
