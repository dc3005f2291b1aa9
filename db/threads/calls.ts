import { z } from 'zod';
import type { HistoryFailure } from '../model/history-error';

/** What can be asked of a thread: name -> arguments and answer. */
export type Calls<C> = { [N in keyof C]: { args: unknown; result: unknown } };

/** A request as it crosses to a thread. The arguments are checked by the handler's own schema. */
export const callSchema = z.object({ id: z.number().int(), name: z.string(), args: z.unknown() });
export type Call = z.infer<typeof callSchema>;

/** An answer as it crosses back, with the time its call took in the thread. */
export type Answer = { id: number; durationMs: number } & ({ result: unknown } | { failure: HistoryFailure });
