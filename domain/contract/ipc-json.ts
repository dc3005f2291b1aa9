import type { RequestFailure } from './request-failure';

/** The channel of all requests: one argument, the JSON text of `{ name, args }`. */
export const requestChannel = 'heron:request';
/** The channel of all notices: name, and payload as JSON text. */
export const noticeChannel = 'heron:notice';

/**
 * JSON text of a value of the contract. Electron copies an object between preload script and page property by property, a
 * text at once: a year of states takes 1 s as objects and 0.1 s as text (docs/adr/0010-metrics-on-the-wire.md).
 */
export type JsonText<T> = string & { readonly of?: T };

/** The reply to a request as it crosses to the page. */
export type RequestReply<T> = { ok: true; text: JsonText<T> } | { ok: false; failure: RequestFailure };

/** Writes a value of the contract. `undefined` is the empty text. */
export function jsonText<T>(value: T): JsonText<T> {
  return value === undefined ? '' : JSON.stringify(value);
}

/** Parses the text; the caller checks the value by the contract. Throws a SyntaxError when it is not JSON. */
export function valueOfText(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
