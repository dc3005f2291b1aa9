import { thresholds } from './thresholds';

/** hrSystemUptime and sysUpTime count hundredths of a second in 32 bits (RFC 2578 section 7.1.8): they wrap after 497 days. */
export const uptimeWrapMs = 2 ** 32 * 10;

/** An uptime as read, milliseconds, and when, on the monotonic clock. */
export interface UptimeValue {
  uptimeMs: number;
  atMonotonicMs: number;
}

/** What two readings of one uptime show of the time between them. */
export type UptimeStep = 'continued' | 'wrapped' | 'restarted';

/**
 * Compares two readings of one uptime. It wrapped where it is what is left after 2^32 hundredths; it restarted where it fell
 * otherwise, or where it is shorter than the time since the reading before, however long the one before was.
 */
export function uptimeStep(before: UptimeValue, after: UptimeValue): UptimeStep {
  const elapsedMs = Math.max(0, after.atMonotonicMs - before.atMonotonicMs);
  const expectedMs = before.uptimeMs + elapsedMs;
  const toleranceMs = thresholds.bootTimeErrorMs + elapsedMs * thresholds.clockDrift;
  if (Math.abs(after.uptimeMs + uptimeWrapMs - expectedMs) <= toleranceMs) return 'wrapped';
  const fell = after.uptimeMs < before.uptimeMs - thresholds.uptimeToleranceMs;
  return fell || after.uptimeMs < elapsedMs - toleranceMs ? 'restarted' : 'continued';
}

/** An uptime over its readings: the last value, and how often it wrapped since it was first read. */
export interface UptimeTrack extends UptimeValue {
  wraps: number;
}

/** Applies one reading of an uptime; null (not offered, or not answered) changes nothing. */
export function observeUptime(
  track: UptimeTrack | null,
  uptimeMs: number | null,
  atMonotonicMs: number,
): { track: UptimeTrack | null; restarted: boolean } {
  if (uptimeMs === null) return { track, restarted: false };
  const value = { uptimeMs, atMonotonicMs };
  if (!track) return { track: { ...value, wraps: 0 }, restarted: false };
  const step = uptimeStep(track, value);
  const wraps = step === 'restarted' ? 0 : track.wraps + (step === 'wrapped' ? 1 : 0);
  return { track: { ...value, wraps }, restarted: step === 'restarted' };
}

/** How much less an uptime rose than time passed, as in a paused virtual machine; milliseconds, 0 where that is not known. */
export function stoodStillMs(before: UptimeTrack | null, after: UptimeTrack | null): number {
  if (!before || !after) return 0;
  const total = ({ uptimeMs, wraps }: UptimeTrack): number => uptimeMs + wraps * uptimeWrapMs;
  const roseMs = total(after) - total(before);
  return Math.max(0, after.atMonotonicMs - before.atMonotonicMs - roseMs);
}

/**
 * For how long the machine has certainly been up: hrSystemUptime with its wraps. A wrap before the first reading shows in an
 * agent that claims to be up for longer than its machine. Null: the agent does not offer hrSystemUptime.
 */
export function machineUptimeMs(
  systemUptimeMs: number | null,
  agentUptimeMs: number | null,
  wraps = 0,
): number | null {
  if (systemUptimeMs === null) return null;
  const outlived = agentUptimeMs !== null && agentUptimeMs > systemUptimeMs + thresholds.agentOutlivesMs;
  return systemUptimeMs + uptimeWrapMs * (outlived ? Math.max(1, wraps) : wraps);
}
