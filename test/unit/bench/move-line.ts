import type { MoveClaim } from '../../bench/detection/claims';

/** A line that says a move, right about "a dies at 10 s, b takes over at 13 s" unless told otherwise. */
export function says(more: Partial<MoveClaim> = {}): MoveClaim {
  return {
    type: 'failover',
    from: 'a',
    to: 'b',
    lastOldMs: 9_500,
    firstNewMs: 13_400,
    emittedMs: 13_450,
    gapMs: { atLeast: 0, atMost: 4_000 },
    cause: 'unknown',
    ...more,
  };
}
