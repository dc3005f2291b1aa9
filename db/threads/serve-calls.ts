import type { z } from 'zod';
import { toHistoryFailure } from '../file/sqlite-failure';
import { HistoryError, type HistoryFailure } from '../model/history-error';
import { callSchema, type Answer, type Call, type Calls } from './calls';
import type { WorkerPort } from './worker-port';

/** For each call: the schema of its arguments, and the function that answers it. */
export type Handlers<C extends Calls<C>> = {
  [N in keyof C]: { args: z.ZodType<C[N]['args']>; run: (args: C[N]['args']) => C[N]['result'] };
};

/** Calls after which the worker ends. */
const lastCalls = new Set(['close', 'leave']);

/**
 * Serves a worker's port, in the order in which calls arrive. The first call is `open`, which makes the handlers of all others;
 * it is a call so that threads can load in parallel and open one after another. After `close` or `leave`, or when opening
 * failed, the port is closed and the worker ends. `file` names the history in failures.
 */
export function serveCalls<C extends Calls<C>>(
  port: WorkerPort,
  file: string,
  open: (args: unknown) => Handlers<C>,
): void {
  const answer = (id: number, work: () => unknown): boolean => {
    const startMs = performance.now();
    let outcome: { result: unknown } | { failure: HistoryFailure };
    try {
      outcome = { result: work() };
    } catch (error) {
      outcome = { failure: toHistoryFailure(error, file) };
    }
    port.post({ id, durationMs: performance.now() - startMs, ...outcome } satisfies Answer);
    return 'result' in outcome;
  };

  let handlers: Handlers<C> | null = null;
  port.onMessage((message) => {
    const call = callSchema.parse(message);
    const answered = answer(call.id, () => {
      if (call.name === 'open' && handlers === null) {
        handlers = open(call.args);
        return null;
      }
      // Closing a history that was never opened succeeds.
      if (handlers === null && lastCalls.has(call.name)) return null;
      return run<C>(handlers, call);
    });
    if (lastCalls.has(call.name) || (call.name === 'open' && !answered)) port.close();
  });
}

function run<C extends Calls<C>>(handlers: Handlers<C> | null, call: Call): unknown {
  if (handlers === null || !isCallOf(handlers, call.name)) {
    throw new HistoryError({
      code: 'bad-request',
      what: `A history thread received the call ${call.name}, which it does not serve now.`,
      where: 'between threads',
      todo: 'This is a fault in Heron: please report it with these words.',
    });
  }
  const handler = handlers[call.name];
  return handler.run(handler.args.parse(call.args));
}

function isCallOf<C extends Calls<C>>(table: Handlers<C>, name: PropertyKey): name is keyof C {
  return Object.hasOwn(table, name);
}
