import { z } from 'zod';
import type { HistoryFailure } from '../model/history-error';

/** The calls a thread serves: name -> arguments and result. */
export type Calls<C> = { [N in keyof C]: { args: unknown; result: unknown } };

/** A call as it crosses to a thread. The handler's schema checks the arguments. */
export const callSchema = z.object({ id: z.number().int(), name: z.string(), args: z.unknown() });
export type Call = z.infer<typeof callSchema>;

/** An answer as it crosses back, with the time the call took in the thread. */
export type Answer = { id: number; durationMs: number } & ({ result: unknown } | { failure: HistoryFailure });
