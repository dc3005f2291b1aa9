/** Why a notice was not delivered, in words that never contain a secret. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';

  constructor(
    readonly words: string,
    /** Whether a later try may succeed. */
    readonly isPassing: boolean,
    /** How long the receiver asks to wait, milliseconds; null: it names no time. */
    readonly retryAfterMs: number | null = null,
    /** Those of several receivers that have it, to whom it is not sent again. */
    readonly reached: readonly string[] = [],
  ) {
    super(words);
  }
}
