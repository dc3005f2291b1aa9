/** The seam to time. Wall time may step; the monotonic clock only goes forward. Both in milliseconds. */
export interface Clock {
  /** UTC now. */
  nowMs(): number;
  /** Monotonic now, from an arbitrary origin. */
  monotonicMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Calls `action` repeatedly, `intervalMs` after each call has returned or thrown: one error must not end what is repeated. The returned
 * function stops it.
 */
export function every(clock: Clock, intervalMs: number, action: () => void): () => void {
  let isStopped = false;
  let cancel = clock.after(intervalMs, function again() {
    try {
      action();
    } finally {
      if (!isStopped) cancel = clock.after(intervalMs, again);
    }
  });
  return () => {
    isStopped = true;
    cancel();
  };
}
