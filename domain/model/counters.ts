import { thresholds } from './thresholds';

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
  /** The last known rate, which tells a wrap from a reset; null: unknown, and then no fall is taken for a wrap. */
  previousPerSecond: number | null;
}

const moduli = { 32: 1n << 32n, 64: 1n << 64n } as const;

/**
 * Rate of a counter per second, or null when it is unknown: missing values, no time in between, a restart, a rise that only a
 * reset explains, or a fall that does not continue the rate before as a wrap would. Never negative, never more than `maxPerSecond`.
 */
export function counterRate(step: CounterStep): number | null {
  const { before, after, bits, elapsedMs } = step;
  if (before === null || after === null || step.restarted || !(elapsedMs > 0)) return null;
  const modulus = moduli[bits];
  if (before < 0n || after < 0n || before >= modulus || after >= modulus) return null;
  const fell = after < before;
  const rise = fell ? after + modulus - before : after - before;
  const perSecond = (Number(rise) * 1000) / elapsedMs;
  if (fell && perSecond > highestWrapRate(step.previousPerSecond)) return null;
  if (perSecond > step.maxPerSecond * thresholds.speedTolerance) return null;
  return Math.min(perSecond, step.maxPerSecond);
}

/** The highest rate at which a counter that fell is taken to have wrapped. */
function highestWrapRate(previousPerSecond: number | null): number {
  if (previousPerSecond === null) return -1;
  return Math.max(thresholds.wrapOctetsPerSecond, thresholds.wrapRateFactor * previousPerSecond);
}
