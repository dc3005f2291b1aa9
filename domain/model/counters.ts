/** Two readings of a counter, and what is needed to compute its rate. Durations in milliseconds. */
export interface CounterStep {
  before: bigint | null;
  after: bigint | null;
  /** Width of the counter: it wraps at 2^bits (RFC 2578 section 7.1.6 and 7.1.10). */
  bits: 32 | 64;
  elapsedMs: number;
  /** The device restarted in between, so its counters started at zero. */
  restarted: boolean;
  /** A higher rate is impossible and means an unreported reset. */
  maxPerSecond: number;
}

/**
 * Rate of a counter per second, or null when it is unknown: missing values, no time in between, a restart, or a rise that
 * only a reset explains. Never negative, never more than `maxPerSecond`.
 */
export function counterRate(step: CounterStep): number | null {
  const { before, after, bits, elapsedMs } = step;
  if (before === null || after === null || step.restarted || !(elapsedMs > 0)) return null;
  const modulus = 1n << BigInt(bits);
  if (before < 0n || after < 0n || before >= modulus || after >= modulus) return null;
  const rise = after >= before ? after - before : after + modulus - before;
  const perSecond = (Number(rise) * 1000) / elapsedMs;
  return perSecond <= step.maxPerSecond ? perSecond : null;
}
