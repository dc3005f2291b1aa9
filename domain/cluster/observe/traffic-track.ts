import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { inferActiveLb, type Inference } from './infer-active-lb';
import { ingressIn, loseIngress, newIngressTrack, observeIngress, type IngressTrack } from './ingress-track';
import { trafficReport } from './traffic-witness';

/** What is remembered of a cluster's LB traffic. */
export interface TrafficTrack {
  /** A list, not a record by id: objects with keys of their own cost thousands of clusters a shape for each key. */
  lbs: readonly { edgeId: string; name: string; ingress: IngressTrack; seenPassive: boolean }[];
  last: Inference | null;
}

/** An LB that carries less than this share while another one carries the traffic is passive. */
const passiveShare = 0.01;

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
 * Takes a reading of one LB's edge in. `word` is inference's word on that LB when the reading brought a new figure of it,
 * or says why there is none; null when it brought nothing about traffic.
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
  const look = snmp.outcome === 'answered' ? ingressIn(snmp.value) : null;
  if (snmp.outcome === 'answered' && !look) return { track, word: null };
  const ingress =
    snmp.outcome === 'answered' && look
      ? observeIngress(lb.ingress, {
          ...look,
          fromMs: reading.startedMonotonicMs,
          toMs: reading.finishedMonotonicMs,
          agentUptimeMs: snmp.value.agentUptimeMs,
        })
      : loseIngress(lb.ingress);
  const unchanged = nothingMeasured(track, lb.ingress, ingress);
  if (unchanged) return { track, word: wordOfNobody(unchanged, id) };
  const next: TrafficTrack = { ...track, lbs: track.lbs.with(at, { ...lb, ingress }) };
  if (!ingress.fresh && ingress.why === null) return { track: next, word: null };
  return infer(next, id, reading);
}

/**
 * What was inferred last, where this look cannot change it: the LB cannot be measured, for the same reason as before, and no
 * other LB is either. Most looks at clusters without LB counters are like that.
 */
function nothingMeasured(track: TrafficTrack, before: IngressTrack, after: IngressTrack): Inference | null {
  const { last } = track;
  if (!last || last.bitsPerSecond.size > 0 || before.lost || after.lost) return null;
  if (after.why === null || after.why !== before.why || before.value !== null) return null;
  return track.lbs.some(({ ingress }) => ingress.ingress !== null || ingress.lost) ? null : last;
}

const wordsOfNobody = new WeakMap<Inference, RoleWitness>();

/** The word where nobody is named: it is the same for every LB, so one is enough. */
function wordOfNobody(inference: Inference, id: string): RoleWitness {
  const word = wordsOfNobody.get(inference) ?? trafficReport(inference, id, 0);
  wordsOfNobody.set(inference, word);
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
    last.confidence >= thresholds.enoughConfidence && bits < passiveShare * last.totalBitsPerSecond;
  const lbsAfter =
    own && passive && !own.seenPassive
      ? track.lbs.map((lb) => (lb === own ? { ...own, seenPassive: true } : lb))
      : track.lbs;
  // "Another one carries it" was seen in that one's figures, which may be the older ones.
  const first = track.lbs.find(({ edgeId }) => edgeId === last.first?.edgeId);
  const figures = [own, first].flatMap((one) => one?.ingress.ingress ?? []);
  const fromMs = Math.min(reading.startedMonotonicMs, ...figures.map((ingress) => ingress.fromMs));
  const word = trafficReport(last, id, reading.startedMonotonicMs - fromMs);
  return { track: { lbs: lbsAfter, last }, word };
}
