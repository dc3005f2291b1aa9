import type { MessagePort } from 'node:worker_threads';
import type { z } from 'zod';
import { toHistoryFailure } from '../file/sqlite-failure';
import { HistoryError } from '../history-error';
import { callSchema, type Answer, type Calls } from './calls';

/** For each call: the shape of its arguments, and what answers it. */
export type Handlers<C extends Calls<C>> = {
  [N in keyof C]: { args: z.ZodType<C[N]['args']>; run: (args: C[N]['args']) => C[N]['result'] };
};

/**
 * Serves a thread's port: opens, answers as number 0 how that went, then answers calls in the order they come. After
 * `close`, or when opening failed, the port is closed and the thread ends. `file` names the history in failures.
 */
export function serveCalls<C extends Calls<C>>(
  port: MessagePort,
  file: string,
  open: () => Handlers<C>,
): void {
  const answer = (id: number, work: () => unknown): boolean => {
    let message: Answer;
    try {
      message = { id, result: work() };
    } catch (error) {
      message = { id, failure: toHistoryFailure(error, file) };
    }
    port.postMessage(message);
    return 'result' in message;
  };

  let handlers: Handlers<C> | null = null;
  const opened = answer(0, () => {
    handlers = open();
    return null;
  });
  if (!opened || handlers === null) {
    port.close();
    return;
  }
  const table: Handlers<C> = handlers;
  port.on('message', (message: unknown) => {
    const call = callSchema.parse(message);
    answer(call.id, () => {
      if (!isCallOf(table, call.name)) {
        const what = `There is no call named ${call.name}.`;
        throw new HistoryError({ code: 'bad-request', what, where: file, todo: 'This is a fault in Heron.' });
      }
      const handler = table[call.name];
      return handler.run(handler.args.parse(call.args));
    });
    if (call.name === 'close') port.close();
  });
}

function isCallOf<C extends Calls<C>>(table: Handlers<C>, name: PropertyKey): name is keyof C {
  return Object.hasOwn(table, name);
}
