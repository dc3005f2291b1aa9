import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { inferActiveLb, type Inference } from './infer-active-lb';
import { ingressIn, loseIngress, newIngressTrack, observeIngress, type IngressTrack } from './ingress-track';
import { trafficReport } from './traffic-witness';

/** What is known of a cluster's LB traffic. */
export interface TrafficTrack {
  /** A list instead of a record by id: V8 would need a hidden class per key, for thousands of clusters. */
  lbs: readonly { edgeId: string; name: string; ingress: IngressTrack; seenPassive: boolean }[];
  last: Inference | null;
}

export function newTrafficTrack(edges: readonly { id: string; name: string }[]): TrafficTrack {
  const lbs = edges.map(({ id, name }) => ({
    edgeId: id,
    name,
    ingress: newIngressTrack,
    seenPassive: false,
  }));
  return { lbs, last: null };
}

/**
 * Applies a reading of one LB's edge. `word` is the role inferred for that LB when the reading led to a new measurement, or states
 * why there is none; null when the reading contains nothing about traffic.
 */
export function observeTraffic(
  track: TrafficTrack,
  reading: Reading,
): { track: TrafficTrack; word: RoleWitness | null } {
  const id = reading.edgeId;
  const at = track.lbs.findIndex(({ edgeId }) => edgeId === id);
  const lb = track.lbs[at];
  const { snmp } = reading;
  if (!lb || snmp.outcome === 'not-asked') return { track, word: null };
  const ingressRead = snmp.outcome === 'answered' ? ingressIn(snmp.value) : null;
  if (snmp.outcome === 'answered' && !ingressRead) return { track, word: null };
  const ingress =
    snmp.outcome === 'answered' && ingressRead
      ? observeIngress(lb.ingress, {
          ...ingressRead,
          fromMs: reading.startedMonotonicMs,
          toMs: reading.finishedMonotonicMs,
          agentUptimeMs: snmp.value.agentUptimeMs,
        })
      : loseIngress(lb.ingress);
  const unchanged = nothingMeasured(track, lb.ingress, ingress);
  if (unchanged) return { track, word: reportWithoutName(unchanged, id) };
  const next: TrafficTrack = { ...track, lbs: track.lbs.with(at, { ...lb, ingress }) };
  if (!ingress.fresh && ingress.why === null) return { track: next, word: null };
  return infer(next, id, reading);
}

/**
 * The last inference, where this reading cannot change it: the LB cannot be measured, for the same reason as before, and neither can
 * any other. Most readings of clusters without LB counters are like that.
 */
function nothingMeasured(track: TrafficTrack, before: IngressTrack, after: IngressTrack): Inference | null {
  const { last } = track;
  if (!last || last.bitsPerSecond.size > 0 || before.lost || after.lost) return null;
  if (after.why === null || after.why !== before.why || before.value !== null) return null;
  return track.lbs.some(({ ingress }) => ingress.ingress !== null || ingress.lost) ? null : last;
}

const reportsWithoutName = new WeakMap<Inference, RoleWitness>();

/** The report where no LB is named: the same for every LB, so it is built once. */
function reportWithoutName(inference: Inference, id: string): RoleWitness {
  const word = reportsWithoutName.get(inference) ?? trafficReport(inference, id, 0);
  reportsWithoutName.set(inference, word);
  return word;
}

function infer(
  track: TrafficTrack,
  id: string,
  reading: Reading,
): { track: TrafficTrack; word: RoleWitness | null } {
  const traffic = track.lbs.map((lb) => ({ ...lb, track: lb.ingress }));
  const before = track.last?.repeats ?? null;
  const last = inferActiveLb(traffic, reading.finishedMonotonicMs, id, before);
  const own = track.lbs.find(({ edgeId }) => edgeId === id);
  const bits = last.bitsPerSecond.get(id) ?? Infinity;
  const passive =
    last.confidence >= thresholds.enoughConfidence &&
    bits < thresholds.passiveIngressShare * last.totalBitsPerSecond;
  const lbsAfter =
    own && passive && !own.seenPassive
      ? track.lbs.map((lb) => (lb === own ? { ...own, seenPassive: true } : lb))
      : track.lbs;
  // "Another LB carries it" is based on that LB's measurements too, which may be older.
  const first = track.lbs.find(({ edgeId }) => edgeId === last.first?.edgeId);
  const measurements = [own, first].flatMap((one) => one?.ingress.ingress ?? []);
  const fromMs = Math.min(reading.startedMonotonicMs, ...measurements.map((ingress) => ingress.fromMs));
  const word = trafficReport(last, id, reading.startedMonotonicMs - fromMs);
  return { track: { lbs: lbsAfter, last }, word };
}
