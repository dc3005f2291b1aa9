import type { RequestFailure } from '../../domain/contract/request-failure';

/** Why the vendor's inventory could not be read: what, where, and what to do. Never contains the client secret or a token. */
export class VendorFailure extends Error {
  override readonly name = 'VendorFailure';

  constructor(
    readonly what: string,
    readonly where: string,
    readonly todo: string,
    /** Whether the same request may succeed a little later. */
    readonly isPassing: boolean,
    /** How long the vendor asks to wait, milliseconds; null: it names no time. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${what} ${where} ${todo}`);
  }

  /** For people; see `failureOf`. */
  get failure(): RequestFailure {
    const { what, where, todo } = this;
    return { what, where, todo };
  }
}

/** A person ended the reading. What was read is kept. */
export function readingCancelled(where: string): VendorFailure {
  return new VendorFailure(
    'Reading was cancelled.',
    where,
    'Read again: it goes on where it stopped.',
    false,
  );
}
