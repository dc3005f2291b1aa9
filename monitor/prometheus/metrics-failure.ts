/** Why a Prometheus-compatible engine gave no usable answer: what, where, and what to do. Never contains a token or a password. */
export class MetricsFailure extends Error {
  override readonly name = 'MetricsFailure';

  constructor(
    readonly code: 'unreachable' | 'refused' | 'busy' | 'query' | 'partial' | 'bad-answer' | 'secret',
    readonly what: string,
    readonly where: string,
    readonly todo: string,
    /** How long the engine asks to wait, milliseconds; null: it names no time. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${what} ${where} ${todo}`);
  }
}
