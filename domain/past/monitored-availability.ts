import type { Availability, Gap, TimeRange } from '../model/history';
import { hides, minus } from './monitored-time';

/** Availability of the time in which Heron monitored: without the gaps, which the availability over the whole range counts as unknown. */
export interface MonitoredAvailability {
  /** The monitored time that counts, in milliseconds. */
  ms: number;
  /** Bounds, 0..1; null where no time counts. */
  worst: number | null;
  best: number | null;
}

/** `clusterId`: whose gaps apply; null: a standalone edge. */
export function monitoredAvailability(
  { availableMs, unavailableMs, unknownMs }: Availability,
  range: TimeRange,
  gaps: readonly Gap[],
  clusterId: string | null,
): MonitoredAvailability {
  const hidden = gaps.filter((gap) => hides(gap, clusterId)).sort((a, b) => a.fromMs - b.fromMs);
  const seenMs = minus(range, hidden).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const unseenMs = range.toMs - range.fromMs - seenMs;
  const unknownSeenMs = Math.max(0, unknownMs - unseenMs);
  const ms = availableMs + unavailableMs + unknownSeenMs;
  const part = (value: number): number | null => (ms > 0 ? value / ms : null);
  return { ms, worst: part(availableMs), best: part(availableMs + unknownSeenMs) };
}
