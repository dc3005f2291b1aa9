import { z } from 'zod';
import {
  contract,
  type RequestFailure,
  type RequestName,
  type RequestResult,
} from '../../domain/contract/contract';
import { jsonText, type RequestReply } from '../../domain/contract/ipc-json';
import { failureOf } from '../../domain/contract/request-refused';
import { checked } from '../../domain/model/checked';

type Requests = (typeof contract)['queries'] & (typeof contract)['commands'];
/** Arguments as a handler gets them: checked, defaults filled in. */
export type CheckedArgs<N extends RequestName> = z.output<Requests[N]['args']>;

/** One handler for every query and command of the contract; a missing one does not compile. */
export type RequestHandlers = {
  [N in RequestName]: (args: CheckedArgs<N>) => RequestResult<N> | Promise<RequestResult<N>>;
};

/** A contract entry as this file uses it. */
interface Entry {
  args: z.ZodType;
  result: z.ZodType;
  needsMonitoring?: boolean;
}
const entries: Record<RequestName, Entry> = { ...contract.queries, ...contract.commands };
export const requestNames = Object.keys(entries) as RequestName[];

/** The largest arguments are an exported table of 20 million characters, most of which JSON leaves as they are. */
export const mostRequestCharacters = 50_000_000;

const requestSchema = z.strictObject({ name: z.string(), args: z.unknown().optional() });

export interface AnswerOptions {
  handlers: RequestHandlers;
  /** While true, requests with `needsMonitoring` are refused. */
  fileIsOpen(): boolean;
  /** Also check the handlers' results: in development and in tests. */
  checkResults: boolean;
  /** Logs a fault in Heron itself. */
  onFault(name: RequestName, fault: unknown): void;
  /** Called after each handler, also when it failed. */
  onHandled?(name: RequestName, durationMs: number): void;
}

/**
 * Answers the JSON text of `{ name, args }`: checks size, JSON, name and arguments by the contract, calls the handler, and
 * replies with its result as JSON text. Never rejects. An error without a failure for people is a fault in Heron: it is
 * logged in full, and the reply does not repeat its text.
 */
export async function answerRequest(text: unknown, options: AnswerOptions): Promise<RequestReply<unknown>> {
  const read = readRequest(text);
  if ('failure' in read) return { ok: false, failure: read.failure };
  const { name, args, entry } = read;
  if (entry.needsMonitoring && options.fileIsOpen())
    return {
      ok: false,
      failure: {
        what: 'A file is open, so nothing can be monitored or changed.',
        where: name,
        todo: 'Close the file first.',
      },
    };
  const startedMs = performance.now();
  try {
    const handler = options.handlers[name] as (args: unknown) => unknown;
    const value: unknown = await handler(args);
    if (options.checkResults) checkResult(entry, value);
    return { ok: true, text: jsonText(value) };
  } catch (fault) {
    const failure = failureOf(fault);
    if (failure !== null) return { ok: false, failure };
    options.onFault(name, fault);
    return {
      ok: false,
      failure: {
        what: 'Heron could not answer because of a fault of its own.',
        where: name,
        todo: 'Try again. The log file has the details.',
      },
    };
  } finally {
    options.onHandled?.(name, performance.now() - startedMs);
  }
}

type ReadRequest = { name: RequestName; args: unknown; entry: Entry } | { failure: RequestFailure };

function readRequest(text: unknown): ReadRequest {
  if (typeof text !== 'string') return notAgreed('window.heron', 'The request is not a text.');
  if (text.length > mostRequestCharacters)
    return notAgreed(
      'window.heron',
      `The request has ${text.length} characters; ${mostRequestCharacters} are allowed.`,
    );
  const request = checked(requestSchema, parsed(text));
  if (!request.success) return notAgreed('window.heron', `The request is not JSON of a name and arguments.`);
  const { name } = request.data;
  if (!isRequestName(name))
    return notAgreed(name.slice(0, 80) || 'window.heron', 'There is no such request.');
  const entry = entries[name];
  const args = checked<unknown>(entry.args, request.data.args);
  if (!args.success)
    return notAgreed(name, `The arguments do not match the contract. ${z.prettifyError(args.error)}`);
  return { name, args: args.data, entry };
}

/** Undefined, which no request is, when it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(entries, name);
}

function checkResult(entry: Entry, value: unknown): void {
  const result = entry.result.safeParse(value);
  if (!result.success)
    throw new Error(`The result does not match the contract. ${z.prettifyError(result.error)}`);
}

function notAgreed(where: string, what: string): { failure: RequestFailure } {
  return {
    failure: { what, where, todo: 'Update Heron: window and main process are of different versions.' },
  };
}
