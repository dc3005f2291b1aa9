import { z } from 'zod';
import {
  contract,
  type CommandName,
  type QueryName,
  type RequestFailure,
  type RequestName,
  type RequestResult,
} from '../../domain/contract/contract';
import { failureOf } from '../../domain/contract/request-refused';

type Requests = (typeof contract)['queries'] & (typeof contract)['commands'];
/** Arguments as a handler gets them: checked, defaults filled in. */
export type CheckedArgs<N extends RequestName> = z.output<Requests[N]['args']>;

/** One handler for every query and command of the contract; a missing one does not compile. */
export type RequestHandlers = {
  [N in RequestName]: (args: CheckedArgs<N>) => RequestResult<N> | Promise<RequestResult<N>>;
};

/** What crosses back to the window: never a rejection, so no stack can. */
export type RequestOutcome<N extends RequestName> =
  { ok: true; value: RequestResult<N> } | { ok: false; failure: RequestFailure };

type Agreed = {
  [N in RequestName]: { args: z.ZodType<CheckedArgs<N>>; result: z.ZodType<RequestResult<N>> };
};
const agreed: Agreed = { ...contract.queries, ...contract.commands };

export const queryNames = Object.keys(contract.queries) as QueryName[];
export const commandNames = Object.keys(contract.commands) as CommandName[];
export const requestNames: RequestName[] = [...queryNames, ...commandNames];

export interface AnswerOptions {
  /** Also check what the handler answers: in development and in tests. */
  checkResults: boolean;
  /** Told of everything that is Heron's own fault, for the log. */
  onFault(name: RequestName, fault: unknown): void;
}

/**
 * Checks the arguments, asks the handler, checks the answer. Always resolves; what went wrong is in the outcome, in words.
 * Errors that carry no failure for people are Heron's own fault: logged whole, and told without their text.
 */
export async function answerRequest<N extends RequestName>(
  handlers: RequestHandlers,
  name: N,
  rawArgs: unknown,
  options: AnswerOptions,
): Promise<RequestOutcome<N>> {
  const args = agreed[name].args.safeParse(rawArgs);
  if (!args.success) return refused(name, `The arguments are not as agreed. ${z.prettifyError(args.error)}`);
  try {
    const value = await handlers[name](args.data);
    if (options.checkResults) {
      const result = agreed[name].result.safeParse(value);
      if (!result.success) throw new Error(`The answer is not as agreed. ${z.prettifyError(result.error)}`);
    }
    return { ok: true, value };
  } catch (fault) {
    const told = failureOf(fault);
    if (told !== null) return { ok: false, failure: told };
    options.onFault(name, fault);
    return {
      ok: false,
      failure: {
        what: 'Heron could not answer.',
        where: name,
        todo: 'Try again. The log file has the details.',
      },
    };
  }
}

function refused<N extends RequestName>(name: N, what: string): RequestOutcome<N> {
  return { ok: false, failure: { what, where: name, todo: 'Update Heron: its parts do not fit together.' } };
}
