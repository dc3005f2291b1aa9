import type { Clock } from '../base/clock';

/** How an engine's clock relates to the clocks of this computer at one moment. Milliseconds. */
export interface ClockOffset {
  /** How far the engine's clock is ahead. */
  offsetMs: number;
  /** How far from that it may be. */
  uncertaintyMs: number;
  /** UTC minus the monotonic clock, here. */
  wallMinusMonotonicMs: number;
  serverMs: number;
}

/** Measures the engine's clock by one answer, which it made at some time between request and answer. */
export async function measureOffset(clock: Clock, serverTime: () => Promise<number>): Promise<ClockOffset> {
  const sentMs = clock.monotonicMs();
  const wallMinusMonotonicMs = clock.nowMs() - sentMs;
  const serverMs = await serverTime();
  const receivedMs = clock.monotonicMs();
  const middleMs = (sentMs + receivedMs) / 2 + wallMinusMonotonicMs;
  return {
    offsetMs: serverMs - middleMs,
    uncertaintyMs: (receivedMs - sentMs) / 2,
    wallMinusMonotonicMs,
    serverMs,
  };
}
