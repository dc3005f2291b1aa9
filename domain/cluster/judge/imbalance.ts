import type { Health, Reason } from '../../model/health';
import { thresholds } from '../../model/thresholds';
import { spreadOf } from './share';

/** An edge's share of the traffic: bits per second of its own proxy interface, null where unknown. */
export interface EdgeLoad {
  id: string;
  name: string;
  health: Health;
  bitsPerSecond: number | null;
}

/** Since when a cluster's shares have been uneven, or even again. Monotonic milliseconds. */
export interface ImbalanceTrack {
  found: boolean;
  /** Since when the shares contradict `found`; null: they do not. */
  changedSinceMs: number | null;
  furthest: { name: string; share: number; expected: number } | null;
}

export const newImbalanceTrack: ImbalanceTrack = { found: false, changedSinceMs: null, furthest: null };

/**
 * Applies the edges' present load. There is an imbalance only in a cluster whose edges all serve and that has traffic: otherwise a
 * lost edge or a few users explain uneven shares. It has to last, and so does its end.
 */
export function observeImbalance(
  track: ImbalanceTrack,
  edges: readonly EdgeLoad[],
  nowMonotonicMs: number,
): ImbalanceTrack {
  const enabled = edges.filter(({ health }) => health !== 'disabled');
  const serving = enabled.every(({ health }) => health === 'up' || health === 'degraded');
  if (!serving || enabled.length < 2) return newImbalanceTrack;
  const { shares, bitsPerSecond } = spreadOf(
    enabled.map((edge) => ({ ...edge, healthy: true, mayServe: true })),
  );
  if ((bitsPerSecond ?? 0) < thresholds.imbalanceBitsPerSecond) return newImbalanceTrack;
  const expected = 1 / enabled.length;
  const known = enabled.flatMap(({ id, name }) => {
    const share = shares[id] ?? null;
    return share === null ? [] : [{ name, share, expected }];
  });
  const [furthest] = known.toSorted((a, b) => Math.abs(b.share - expected) - Math.abs(a.share - expected));
  // A share that is unknown for a moment proves nothing either way.
  if (!furthest) return track;
  const points = Math.abs(furthest.share - expected) * 100;
  const against = track.found ? points < thresholds.balancedPoints : points > thresholds.imbalancePoints;
  if (!against) return { ...track, changedSinceMs: null, furthest };
  const changedSinceMs = track.changedSinceMs ?? nowMonotonicMs;
  const lasted = nowMonotonicMs - changedSinceMs >= thresholds.imbalanceMs;
  return lasted
    ? { found: !track.found, changedSinceMs: null, furthest }
    : { ...track, changedSinceMs, furthest };
}

/** An imbalance as a reason of the cluster; null while there is none. */
export function imbalanceReason(track: ImbalanceTrack): Reason | null {
  if (!track.found || !track.furthest) return null;
  const { name, share, expected } = track.furthest;
  const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;
  const fact = `${name} carries ${percent(share)} of the traffic, where ${percent(expected)} would be even.`;
  const detail = `For more than a minute, although all edges serve. The LB should spread the traffic evenly.`;
  return { code: 'imbalance', fact, detail };
}
