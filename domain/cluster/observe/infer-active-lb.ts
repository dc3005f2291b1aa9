import { thresholds } from '../../model/thresholds';
import type { IngressTrack } from './ingress-track';

/** One LB as inference sees it. */
export interface LbTraffic {
  edgeId: string;
  name: string;
  track: IngressTrack;
  /** Its interface was seen idle while another LB carried the traffic, so it does not receive every LB's packets. */
  seenPassive: boolean;
}

/** Which LB carries a cluster's ingress. `first` is null when none can be named, and `words` then states why. */
export interface Inference {
  first: { edgeId: string; name: string } | null;
  /** 0..1: how clearly `first` alone carries it. */
  confidence: number;
  /** User traffic of every measured LB, bits per second. */
  bitsPerSecond: ReadonlyMap<string, number>;
  totalBitsPerSecond: number;
  /** The LB inferred last, and how many of its measurements in a row named it. */
  repeats: Repeats | null;
  words: string;
}

export interface Repeats {
  edgeId: string;
  count: number;
}

/**
 * Infers which LB carries the cluster's ingress: under direct server return only the active one does. `nowMs` is monotonic; `readId`
 * is the LB with a new measurement; `before` is the LB named so far.
 *
 * Confidence is the product of: the first LB's share of all ingress, its contrast to the second, whether there is enough traffic,
 * how fresh the measurements are, whether they were repeated, and whether an LB is missing from the comparison.
 */
export function inferActiveLb(
  lbs: readonly LbTraffic[],
  nowMs: number,
  readId: string,
  before: Repeats | null,
): Inference {
  const measured = lbs.flatMap((lb) => {
    const ingress = lb.track.ingress;
    const freshness = ingress && !lb.track.lost ? freshnessOf(ingress, nowMs) : 0;
    if (!ingress || freshness <= 0) return [];
    const { edgeId, name, seenPassive } = lb;
    return [{ edgeId, name, seenPassive, bits: ingress.bitsPerSecond, freshness }];
  });
  const bits = new Map(measured.map((lb) => [lb.edgeId, lb.bits]));
  const missing = lbs.filter((lb) => !bits.has(lb.edgeId));
  const [first, second] = measured.toSorted((a, b) => b.bits - a.bits);
  const total = measured.reduce((all, lb) => all + lb.bits, 0);
  const note = missing.length > 0 ? ` ${notMeasured(lbs, missing)}` : '';
  const unnamed = (words: string): Inference => ({
    first: null,
    confidence: 0,
    bitsPerSecond: bits,
    totalBitsPerSecond: total,
    repeats: before,
    words: words.trim(),
  });
  if (!first) return unnamed(note);
  if (lbs.length < 2) return unnamed('There is no other LB to compare its traffic with.');
  if (total < thresholds.trafficBitsPerSecond) {
    return unnamed(`Too little traffic on the LB interfaces to infer it.${note}`);
  }
  const share = first.bits / total;
  const contrast = 1 - (second?.bits ?? 0) / first.bits;
  const count = (before?.edgeId === first.edgeId ? before.count : 0) + (first.edgeId === readId ? 1 : 0);
  const repeated = count > 1 ? 1 : thresholds.unrepeatedConfidence;
  const complete = missing.length === 0 || first.seenPassive ? 1 : thresholds.unprovenConfidence;
  const freshness = Math.min(...measured.map((lb) => lb.freshness));
  const confidence = share * contrast * enough(first.bits) * freshness * repeated * complete;
  const others = second && second.bits > 0 ? `, ${second.name} ${percent(second.bits / total)}` : '';
  const summary = `${first.name} carries ${percent(share)} of the cluster’s LB ingress${others}.`;
  return {
    first: { edgeId: first.edgeId, name: first.name },
    confidence: Math.min(1, Math.max(0, confidence)),
    bitsPerSecond: bits,
    totalBitsPerSecond: total,
    repeats: { edgeId: first.edgeId, count },
    words: `${summary}${note}`,
  };
}

/** 1 while a measurement is fresh, falling to 0 at twice that age. */
function freshnessOf(ingress: { toMs: number; elapsedMs: number }, nowMs: number): number {
  const freshMs = thresholds.freshIngressFactor * Math.max(thresholds.minFreshIngressMs, ingress.elapsedMs);
  return Math.min(1, Math.max(0, 2 - (nowMs - ingress.toMs) / freshMs));
}

function enough(bitsPerSecond: number): number {
  const least = thresholds.trafficBitsPerSecond;
  const over = (bitsPerSecond - least) / ((thresholds.ampleTrafficFactor - 1) * least);
  return 0.8 + 0.2 * Math.min(1, Math.max(0, over));
}

function notMeasured(lbs: readonly LbTraffic[], missing: readonly LbTraffic[]): string {
  const withReason = missing.find((lb) => lb.track.why !== null) ?? missing.find((lb) => lb.track.lost);
  const [only] = missing;
  if (withReason) {
    const why = withReason.track.why ?? 'it does not answer';
    const more = missing.length > 1 ? ` (${missing.length} of ${lbs.length} LBs)` : '';
    return `${withReason.name} cannot be measured: ${why}${more}.`;
  }
  return missing.length === 1 && only && lbs.length > 1
    ? `Not enough readings of ${only.name} yet.`
    : `Not enough readings yet: ${lbs.length - missing.length} of ${lbs.length} LB interfaces were read twice.`;
}

/** A share in words: 98 %, 0.4 %. */
export function percent(share: number): string {
  const points = share * 100;
  return `${points > 0 && points < 1 ? points.toFixed(1) : points.toFixed(0)} %`;
}
