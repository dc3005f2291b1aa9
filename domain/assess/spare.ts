import type { Spare } from '../snapshot';

const hourMs = 3_600_000;
const hoursKept = 24;

/** The highest traffic of each of the last 24 hours, and since when it is known. Bits per second, UTC milliseconds. */
export interface PeakTrack {
  sinceMs: number | null;
  hours: readonly { hour: number; bitsPerSecond: number }[];
}

export const newPeakTrack: PeakTrack = { sinceMs: null, hours: [] };

/** Takes the cluster's summed traffic in; null, not known, says nothing. */
export function observePeak(track: PeakTrack, bitsPerSecond: number | null, nowMs: number): PeakTrack {
  if (bitsPerSecond === null) return track;
  const hour = Math.floor(nowMs / hourMs);
  const last = track.hours.at(-1);
  if (last?.hour === hour && last.bitsPerSecond >= bitsPerSecond) return track;
  const before = track.hours.filter((one) => one.hour > hour - hoursKept && one.hour !== hour);
  return { sinceMs: track.sinceMs ?? nowMs, hours: [...before, { hour, bitsPerSecond }] };
}

/** The highest traffic of the last 24 hours; null: none was known. */
export function peakOf({ hours }: PeakTrack): number | null {
  return hours.length === 0 ? null : Math.max(...hours.map(({ bitsPerSecond }) => bitsPerSecond));
}

/**
 * How many of the edges that are up a cluster can lose and still carry its peak. One edge has to stay in any case. Without the
 * capacity of an edge, or while no traffic is known, only the count tells, and `canLose` is null.
 */
export function spareOf(
  edgesUp: number | null,
  capacityMegabitsPerSecond: number | undefined,
  peak: PeakTrack,
): Spare | null {
  if (edgesUp === null) return null;
  const peakBitsPerSecond = peakOf(peak);
  const capacitySet = capacityMegabitsPerSecond !== undefined;
  const known = { peakBitsPerSecond, peakSinceMs: peak.sinceMs, capacitySet };
  if (!capacitySet || peakBitsPerSecond === null) return { ...known, canLose: null, needed: null };
  const needed = Math.max(1, Math.ceil(peakBitsPerSecond / (capacityMegabitsPerSecond * 1e6)));
  return { ...known, needed, canLose: Math.max(0, edgesUp - needed) };
}
