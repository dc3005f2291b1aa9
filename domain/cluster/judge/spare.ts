import type { ActiveLb, Spare } from '../../model/snapshot';
import { ableLbs, type AskedLb } from './able-lbs';

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

/** What bounds what a cluster can lose, besides its capacity. */
export interface SpareBounds {
  edgesUp: number | null;
  activeLb: ActiveLb['kind'];
  edges: readonly AskedLb[];
}

/**
 * How many of the edges that are up a cluster can lose and still carry its peak. One edge has to stay in any case, and one LB that
 * can be active: without another that can take over, or with none active, nothing can be lost. Without the capacity of an edge, or
 * while no traffic is known, only the count tells, and `canLose` is null unless the LBs forbid any loss. Where no LB says its role
 * the edges alone count. Null: too little is known, of the edges, or of the other LBs' roles.
 */
export function spareOf(
  { edgesUp, activeLb, edges }: SpareBounds,
  capacityMegabitsPerSecond: number | undefined,
  peak: PeakTrack,
): Spare | null {
  if (edgesUp === null) return null;
  const peakBitsPerSecond = peakOf(peak);
  const capacitySet = capacityMegabitsPerSecond !== undefined;
  const counted = !capacitySet || peakBitsPerSecond === null;
  const needed = counted
    ? null
    : Math.max(1, Math.ceil(peakBitsPerSecond / (capacityMegabitsPerSecond * 1e6)));
  const known = { peakBitsPerSecond, peakSinceMs: peak.sinceMs, capacitySet, needed };
  const byEdges = Math.max(0, edgesUp - (needed ?? 1));
  const lbs = activeLb === 'none' ? { atLeast: 0, atMost: 0 } : ableLbs(edges);
  const atMost = lbs ? Math.min(byEdges, Math.max(0, lbs.atMost - 1)) : byEdges;
  const atLeast = lbs ? Math.min(atMost, Math.max(0, lbs.atLeast - 1)) : byEdges;
  if (atLeast === 0 && atMost > 0) return null;
  const forbidden = byEdges > 0 && atMost === 0;
  return { ...known, canLose: counted && !forbidden ? null : atLeast };
}
