import type { ActiveLb, Spare } from '../../model/snapshot';
import { ableLbs, type LbStatus } from './able-lbs';

const hourMs = 3_600_000;
const hoursRetained = 24;

/** The highest traffic of each of the last 24 hours, and since when it is known. Bits per second, UTC milliseconds. */
export interface PeakTrack {
  sinceMs: number | null;
  hours: readonly { hour: number; bitsPerSecond: number }[];
}

export const newPeakTrack: PeakTrack = { sinceMs: null, hours: [] };

/** Applies the cluster's total traffic; null (unknown) changes nothing. */
export function observePeak(track: PeakTrack, bitsPerSecond: number | null, nowMs: number): PeakTrack {
  if (bitsPerSecond === null) return track;
  const hour = Math.floor(nowMs / hourMs);
  const last = track.hours.at(-1);
  if (last?.hour === hour && last.bitsPerSecond >= bitsPerSecond) return track;
  const before = track.hours.filter((one) => one.hour > hour - hoursRetained && one.hour !== hour);
  return { sinceMs: track.sinceMs ?? nowMs, hours: [...before, { hour, bitsPerSecond }] };
}

/** The highest traffic of the last 24 hours; null: unknown. */
export function peakOf({ hours }: PeakTrack): number | null {
  return hours.length === 0 ? null : Math.max(...hours.map(({ bitsPerSecond }) => bitsPerSecond));
}

/** What limits how many edges a cluster can lose, besides its capacity. */
export interface SpareBounds {
  edgesUp: number | null;
  activeLb: ActiveLb['kind'];
  edges: readonly LbStatus[];
}

/**
 * How many of the edges that are up a cluster can lose and still carry its peak. At least one edge and one LB that can be active have
 * to remain: without another LB that can take over, or without an active one, nothing can be lost. Without the capacity of an edge, or
 * while no traffic is known, only the number of edges counts, and `canLose` is null unless the LBs permit no loss. Where no LB reports
 * its role, only the edges count. Null: too little is known of the edges, or of the other LBs' roles.
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
  const isRuledOut = byEdges > 0 && atMost === 0;
  return { ...known, canLose: counted && !isRuledOut ? null : atLeast };
}
