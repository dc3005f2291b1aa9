/** UTC milliseconds that never step: the wall clock read once, then the monotonic clock. */
export function steadyClock(): () => number {
  const startMs = Date.now();
  const startMonotonicMs = performance.now();
  return () => startMs + (performance.now() - startMonotonicMs);
}
