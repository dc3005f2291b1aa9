import { generalShareLimits, type ShareLimits } from '../../inventory/overrides';
import type { Health, Reason } from '../../model/health';
import { thresholds } from '../../model/thresholds';

/** An edge's own traffic: bits per second of its proxy interface, null where unknown. */
export interface EdgeLoad {
  id: string;
  name: string;
  health: Health;
  bitsPerSecond: number | null;
  /** The general limits where absent. */
  limits?: ShareLimits;
}

/** An edge whose share is, or has been, far from even. Times are monotonic milliseconds. */
export interface UnevenEdge {
  id: string;
  name: string;
  side: 'above' | 'below';
  /** Its latest share of the compared edges' traffic, and the even one, 0..1. */
  share: number;
  expected: number;
  /** Mean share over the even one since it was suspected, over at most `imbalanceMs`. */
  meanRatio: number;
  /** Since when it has been far from even; null: it is not. */
  unevenSinceMs: number | null;
  /** Since when it has been near even again; null: it is not. */
  evenSinceMs: number | null;
  found: boolean;
  /** How often it was found lately: each time it has to be even for longer before the imbalance ends. */
  times: number;
}

/** What is known of the spread of a cluster's traffic. Times are monotonic milliseconds. */
export interface ImbalanceTrack {
  uneven: readonly UnevenEdge[];
  /** Edges that did not serve at the last check. */
  away: readonly string[];
  /** Edges that began to serve again, and when: users return to them gradually. */
  returned: readonly { id: string; atMs: number }[];
  checkedMs: number | null;
}

export const newImbalanceTrack: ImbalanceTrack = { uneven: [], away: [], returned: [], checkedMs: null };

/**
 * Applies the edges' present loads. Each edge that serves is compared with the even share of those that serve, so an imbalance is
 * found on 2 edges as on 16. It has to last, and so does its end. Edges that have just returned are left out, and hardly any
 * traffic proves nothing.
 */
export function observeImbalance(
  track: ImbalanceTrack,
  edges: readonly EdgeLoad[],
  nowMonotonicMs: number,
): ImbalanceTrack {
  const { away, returned } = serviceOf(track, edges, nowMonotonicMs);
  const next = { ...track, away, returned, checkedMs: nowMonotonicMs };
  const settled = edges.filter(
    ({ id, health }) => isServing(health) && !returned.some((edge) => edge.id === id),
  );
  if (settled.length < 2) return { ...next, uneven: [] };
  const known = settled.flatMap((edge) =>
    edge.bitsPerSecond === null ? [] : [{ ...edge, bits: edge.bitsPerSecond }],
  );
  const before = known.length < 2 ? [] : suspectsBefore(track, settled, nowMonotonicMs);
  // Without rates to compare, nothing is proven either way.
  if (known.length < 2) return { ...next, uneven: track.uneven.filter((edge) => isAmong(edge, settled)) };
  const bits = known.reduce((sum, edge) => sum + edge.bits, 0);
  const isEnough = isEnoughTraffic(bits, known.length, before.length > 0);
  const sinceLastMs = nowMonotonicMs - (track.checkedMs ?? nowMonotonicMs);
  const uneven = known.flatMap((edge) => {
    const expected = 1 / known.length;
    const share = isEnough ? edge.bits / bits : expected;
    const earlier = before.find(({ id }) => id === edge.id);
    return observeEdge(earlier, { ...edge, share, expected }, nowMonotonicMs, sinceLastMs) ?? [];
  });
  const unknown = before.filter((edge) => !isAmong(edge, known));
  return { ...next, uneven: [...uneven, ...unknown] };
}

/** An imbalance as a reason of the cluster, naming the edge that is furthest from even; null while there is none. */
export function imbalanceReason({ uneven }: ImbalanceTrack): Reason | null {
  const found = uneven.filter((edge) => edge.found).toSorted((a, b) => distance(b) - distance(a));
  const [worst, ...others] = found;
  if (!worst) return null;
  const fact = `${worst.name} carries ${shareWords(worst.share)}, where ${percent(worst.expected)} would be even.`;
  const also = others.map(({ name, share }) => `${name} ${percent(share)}`).join(', ');
  const detail = `${also === '' ? '' : `Also uneven: ${also}. `}For more than a minute. The LB should spread the traffic evenly.`;
  return { code: 'imbalance', fact, detail };
}

/** Whether an imbalance has lasted for long enough. */
export function isImbalanced({ uneven }: ImbalanceTrack): boolean {
  return uneven.some(({ found }) => found);
}

function isServing(health: Health): boolean {
  return health === 'up' || health === 'degraded';
}

function isAmong({ id }: { id: string }, edges: readonly { id: string }[]): boolean {
  return edges.some((edge) => edge.id === id);
}

/** Which edges do not serve, and which have begun to again. One that was never seen to be away has not returned. */
function serviceOf(
  track: ImbalanceTrack,
  edges: readonly EdgeLoad[],
  nowMs: number,
): Pick<ImbalanceTrack, 'away' | 'returned'> {
  const isFirst = track.checkedMs === null;
  const serving = edges.filter(({ health }) => isServing(health));
  const away = isFirst ? [] : edges.filter(({ health }) => !isServing(health)).map(({ id }) => id);
  const returning = serving.filter(({ id }) => track.away.includes(id));
  const ramping = track.returned.filter(
    (edge) => isAmong(edge, serving) && nowMs - edge.atMs < thresholds.rampUpMs,
  );
  return { away, returned: [...ramping, ...returning.map(({ id }) => ({ id, atMs: nowMs }))] };
}

/** Edges suspected so far that still serve. After a pause in monitoring, only what had been found counts. */
function suspectsBefore(track: ImbalanceTrack, settled: readonly EdgeLoad[], nowMs: number): UnevenEdge[] {
  const isPause = nowMs - (track.checkedMs ?? nowMs) > thresholds.imbalancePauseMs;
  return track.uneven.flatMap((edge) => {
    if (!isAmong(edge, settled) || (isPause && !edge.found)) return [];
    return [isPause ? { ...edge, evenSinceMs: null } : edge];
  });
}

/** Half the limits are enough to go on: otherwise an imbalance would come and go with the traffic. */
function isEnoughTraffic(bitsPerSecond: number, edges: number, isSuspected: boolean): boolean {
  const factor = isSuspected ? 0.5 : 1;
  return (
    bitsPerSecond >= thresholds.imbalanceBitsPerSecond * factor &&
    bitsPerSecond / edges >= thresholds.imbalanceEdgeBitsPerSecond * factor
  );
}

type SharedLoad = EdgeLoad & Pick<UnevenEdge, 'share' | 'expected'>;

/** Null: nothing about the edge is uneven, nor has been lately. */
function observeEdge(
  before: UnevenEdge | undefined,
  edge: SharedLoad,
  nowMs: number,
  sinceLastMs: number,
): UnevenEdge | null {
  const { id, name, share, expected } = edge;
  const ratio = share / expected;
  const { imbalanceBelowPercent: below, imbalanceAbovePercent: above } = edge.limits ?? generalShareLimits;
  const side = ratio * 100 >= above ? 'above' : ratio * 100 <= below ? 'below' : null;
  if (!before || (side !== null && side !== before.side && !before.found)) {
    if (side === null) return null;
    const counts = { found: false, times: before?.times ?? 0 };
    return {
      id,
      name,
      side,
      share,
      expected,
      meanRatio: ratio,
      unevenSinceMs: nowMs,
      evenSinceMs: null,
      ...counts,
    };
  }
  const now = { ...before, name, share, expected };
  const isNearEven =
    Math.abs(ratio - 1) * 100 <
    Math.abs((before.side === 'above' ? above : below) - 100) * thresholds.nearEvenPart;
  if (before.found) return isNearEven ? observeEven(now, nowMs) : { ...now, evenSinceMs: null };
  if (before.unevenSinceMs === null || isNearEven) {
    const isSuspectedAgain = side !== null && !isNearEven;
    if (isSuspectedAgain) return { ...now, side, meanRatio: ratio, unevenSinceMs: nowMs, evenSinceMs: null };
    return before.times === 0 ? null : observeEven({ ...now, unevenSinceMs: null }, nowMs);
  }
  const spanMs = Math.min(nowMs - before.unevenSinceMs, thresholds.imbalanceMs);
  const weight = spanMs > 0 ? Math.min(1, sinceLastMs / spanMs) : 1;
  const meanRatio = before.meanRatio + (ratio - before.meanRatio) * weight;
  const isFar = before.side === 'above' ? meanRatio * 100 >= above : meanRatio * 100 <= below;
  const found = isFar && nowMs - before.unevenSinceMs >= thresholds.imbalanceMs;
  return { ...now, meanRatio, found, times: before.times + (found ? 1 : 0), evenSinceMs: null };
}

/** It has to be near even for longer each time, so that what comes and goes is one imbalance. */
function observeEven(edge: UnevenEdge, nowMs: number): UnevenEdge | null {
  const evenSinceMs = edge.evenSinceMs ?? nowMs;
  const evenMs = nowMs - evenSinceMs;
  const neededMs = Math.min(thresholds.imbalanceMs * 2 ** (edge.times - 1), thresholds.imbalanceMemoryMs);
  if (edge.found && evenMs >= neededMs) return { ...edge, found: false, unevenSinceMs: null, evenSinceMs };
  return !edge.found && evenMs >= thresholds.imbalanceMemoryMs ? null : { ...edge, evenSinceMs };
}

function distance({ share, expected }: UnevenEdge): number {
  return Math.abs(share / expected - 1);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function shareWords(share: number): string {
  return share < 0.005 ? 'almost none of the traffic' : `${percent(share)} of the traffic`;
}
