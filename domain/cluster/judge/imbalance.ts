import type { Health, Reason } from '../../model/health';
import { thresholds } from '../../model/thresholds';
import { spreadOf } from './share';

/** One edge as the spread sees it; bits per second of its own proxy traffic, null where that is not known. */
export interface EdgeLoad {
  id: string;
  name: string;
  health: Health;
  bitsPerSecond: number | null;
}

/** How long a cluster's shares have been uneven, or even again. Monotonic milliseconds. */
export interface ImbalanceTrack {
  found: boolean;
  /** Since when the shares are against what was found; null: they are not. */
  againstSinceMs: number | null;
  furthest: { name: string; share: number; expected: number } | null;
}

export const newImbalanceTrack: ImbalanceTrack = { found: false, againstSinceMs: null, furthest: null };

/**
 * Takes the edges' present load in. An imbalance is told only of a cluster whose edges all serve and that has traffic:
 * else uneven shares are what a lost edge or a handful of users look like. It has to last, and so has its end.
 */
export function observeImbalance(
  track: ImbalanceTrack,
  edges: readonly EdgeLoad[],
  nowMonotonicMs: number,
): ImbalanceTrack {
  const watched = edges.filter(({ health }) => health !== 'disabled');
  const serving = watched.every(({ health }) => health === 'up' || health === 'degraded');
  if (!serving || watched.length < 2) return newImbalanceTrack;
  const { shares, bitsPerSecond } = spreadOf(watched.map((edge) => ({ ...edge, healthy: true })));
  if ((bitsPerSecond ?? 0) < thresholds.imbalanceBitsPerSecond) return newImbalanceTrack;
  const expected = 1 / watched.length;
  const told = watched.flatMap(({ id, name }) => {
    const share = shares[id] ?? null;
    return share === null ? [] : [{ name, share, expected }];
  });
  const [furthest] = told.toSorted((a, b) => Math.abs(b.share - expected) - Math.abs(a.share - expected));
  // A share that is not known for a moment proves nothing either way.
  if (!furthest) return track;
  const points = Math.abs(furthest.share - expected) * 100;
  const against = track.found ? points < thresholds.balancedPoints : points > thresholds.imbalancePoints;
  if (!against) return { ...track, againstSinceMs: null, furthest };
  const againstSinceMs = track.againstSinceMs ?? nowMonotonicMs;
  const lasted = nowMonotonicMs - againstSinceMs >= thresholds.imbalanceMs;
  return lasted
    ? { found: !track.found, againstSinceMs: null, furthest }
    : { ...track, againstSinceMs, furthest };
}

/** An imbalance as a reason of the cluster; null while there is none. */
export function imbalanceReason(track: ImbalanceTrack): Reason | null {
  if (!track.found || !track.furthest) return null;
  const { name, share, expected } = track.furthest;
  const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;
  const fact = `${name} carries ${percent(share)} of the traffic, where ${percent(expected)} would be even.`;
  const detail = `For a minute and more, although all edges serve. The LB is meant to spread evenly.`;
  return { code: 'imbalance', fact, detail };
}
