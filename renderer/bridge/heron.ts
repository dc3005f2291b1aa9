import {
  contract,
  type HeronBridge,
  type NoticeName,
  type NoticePayload,
  type RequestArgs,
  type RequestFailure,
  type RequestName,
  type RequestResult,
} from '../../domain/contract/contract';
import { requestFailureSchema } from '../../domain/contract/request-failure';
import { valueOfText } from '../../domain/contract/ipc-json';

declare global {
  interface Window {
    /** Set by the preload script; missing when the page runs elsewhere. */
    heron?: HeronBridge;
  }
}

/** A failed request: what is wrong, where, and what to do. */
export class RequestError extends Error {
  readonly failure: RequestFailure;

  constructor(failure: RequestFailure) {
    super(failure.what);
    this.name = 'RequestError';
    this.failure = failure;
  }
}

const bridgeMissing: RequestFailure = {
  what: 'This window is not connected to Heron.',
  where: 'The preload script did not run, so no request is answered and nothing arrives.',
  todo: 'Close the window and start Heron again. If it stays like this, install Heron again.',
};

/** Sends a request to the main process. Rejects only with `RequestError`, also for an answer that breaks the contract. */
export async function request<N extends RequestName>(
  name: N,
  args: RequestArgs<N>,
): Promise<RequestResult<N>> {
  const bridge = window.heron;
  if (!bridge) throw new RequestError(bridgeMissing);
  let text: string;
  try {
    text = await bridge.request(name, args);
  } catch (thrown) {
    throw new RequestError(failureOf(thrown, name));
  }
  const checked = resultSchema(name).safeParse(valueIn(text));
  if (!checked.success) throw new RequestError(unreadable(name, checked.error.issues[0]?.path));
  return checked.data as RequestResult<N>;
}

/**
 * Subscribes to a notice; the returned function unsubscribes. A payload that breaks the contract goes to `onUnreadable`
 * instead.
 */
export function listen<N extends NoticeName>(
  name: N,
  listener: (payload: NoticePayload<N>) => void,
  onUnreadable: (failure: RequestFailure) => void,
): () => void {
  const bridge = window.heron;
  if (!bridge) {
    onUnreadable(bridgeMissing);
    return () => undefined;
  }
  return bridge.on(name, (text) => {
    const checked = contract.notices[name].safeParse(valueIn(text));
    if (checked.success) listener(checked.data as NoticePayload<N>);
    else onUnreadable(unreadable(name, checked.error.issues[0]?.path));
  });
}

/** The value of a JSON text. Invalid JSON becomes its error, which no schema accepts. */
function valueIn(text: string): unknown {
  try {
    return valueOfText(text);
  } catch (thrown) {
    return thrown;
  }
}

function resultSchema(name: RequestName) {
  return name in contract.queries
    ? contract.queries[name as keyof typeof contract.queries].result
    : contract.commands[name as keyof typeof contract.commands].result;
}

function unreadable(name: string, path: readonly PropertyKey[] | undefined): RequestFailure {
  return {
    what: 'An answer of Heron’s main process could not be read.',
    where: `${name}${path && path.length > 0 ? `, at ${path.map(String).join('.')}` : ''}`,
    todo: 'Start Heron again. If it happens again, the two halves are of different versions: install Heron again.',
  };
}

/** The failure of a rejected request; an Error may carry it as JSON in its message. */
export function failureOf(thrown: unknown, name: string): RequestFailure {
  if (thrown instanceof RequestError) return thrown.failure;
  const direct = requestFailureSchema.safeParse(thrown);
  if (direct.success) return direct.data;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const start = message.indexOf('{');
  if (start >= 0) {
    const carried = requestFailureSchema.safeParse(parsedJson(message.slice(start)));
    if (carried.success) return carried.data;
  }
  return { what: message || 'The request failed.', where: name, todo: 'Try again. Heron’s log says more.' };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    return thrown instanceof SyntaxError ? null : String(thrown);
  }
}
