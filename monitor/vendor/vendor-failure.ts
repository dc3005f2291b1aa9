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
}
