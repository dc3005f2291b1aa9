/** When notices arrive, on the monotonic clock: what tells a stall. */
export interface Arrivals {
  lastMs: number | null;
  /** The usual time between two notices, milliseconds. */
  paceMs: number;
}

const leastLimitMs = 5000;
const mostPaceMs = 10_000;

export const noArrivals: Arrivals = { lastMs: null, paceMs: 1000 };

/**
 * Nothing for longer than this is a stall: three times the usual pace or the announced poll interval, whichever is
 * longer, and never under five seconds.
 */
export function stallLimitMs(arrivals: Arrivals, intervalMs = 0): number {
  return Math.max(leastLimitMs, 3 * arrivals.paceMs, 3 * intervalMs);
}

/** With one more arrival. A pause that was itself a stall does not count towards the pace. */
export function arrived(arrivals: Arrivals, atMs: number): Arrivals {
  if (arrivals.lastMs === null) return { ...arrivals, lastMs: atMs };
  const pauseMs = atMs - arrivals.lastMs;
  if (pauseMs <= 0 || pauseMs > stallLimitMs(arrivals)) return { ...arrivals, lastMs: atMs };
  return { lastMs: atMs, paceMs: Math.min(mostPaceMs, 0.8 * arrivals.paceMs + 0.2 * pauseMs) };
}

export function isStalled(arrivals: Arrivals, nowMs: number, intervalMs: number): boolean {
  return arrivals.lastMs !== null && nowMs - arrivals.lastMs > stallLimitMs(arrivals, intervalMs);
}

/** The window was hidden and received nothing meanwhile: the silence counts from now. */
export function excused(arrivals: Arrivals, nowMs: number): Arrivals {
  return arrivals.lastMs === null ? arrivals : { ...arrivals, lastMs: nowMs };
}
