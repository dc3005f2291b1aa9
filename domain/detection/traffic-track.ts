import type { Reading } from '../reading';
import type { RoleWitness } from '../role';
import { thresholds } from '../thresholds';
import { inferActiveLb, type Inference } from './infer-active-lb';
import { ingressIn, loseIngress, newIngressTrack, observeIngress, type IngressTrack } from './ingress-track';
import { trafficWord } from './traffic-word';

/** What is remembered of a cluster's LB traffic. */
export interface TrafficTrack {
  lbs: Readonly<Record<string, { name: string; ingress: IngressTrack; seenPassive: boolean }>>;
  last: Inference | null;
}

/** An LB that carries less than this share while another one carries the traffic is passive. */
const passiveShare = 0.01;

export function newTrafficTrack(edges: readonly { id: string; name: string }[]): TrafficTrack {
  const lbs = edges.map(({ id, name }) => [id, { name, ingress: newIngressTrack, seenPassive: false }]);
  return { lbs: Object.fromEntries(lbs), last: null };
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
  const lb = track.lbs[id];
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
  const next: TrafficTrack = { ...track, lbs: { ...track.lbs, [id]: { ...lb, ingress } } };
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
  const others = Object.values(track.lbs);
  return others.some(({ ingress }) => ingress.ingress !== null || ingress.lost) ? null : last;
}

const wordsOfNobody = new WeakMap<Inference, RoleWitness>();

/** The word where nobody is named: it is the same for every LB, so one is enough. */
function wordOfNobody(inference: Inference, id: string): RoleWitness {
  const word = wordsOfNobody.get(inference) ?? trafficWord(inference, id, 0);
  wordsOfNobody.set(inference, word);
  return word;
}

function infer(
  track: TrafficTrack,
  id: string,
  reading: Reading,
): { track: TrafficTrack; word: RoleWitness | null } {
  const lbs = Object.entries(track.lbs).map(([edgeId, { name, ingress, seenPassive }]) => ({
    edgeId,
    name,
    track: ingress,
    seenPassive,
  }));
  const before = track.last?.repeats ?? null;
  const last = inferActiveLb(lbs, reading.finishedMonotonicMs, id, before);
  const own = track.lbs[id];
  const bits = last.bitsPerSecond.get(id) ?? Infinity;
  const passive =
    last.confidence >= thresholds.enoughConfidence && bits < passiveShare * last.totalBitsPerSecond;
  const lbsAfter = own && passive ? { ...track.lbs, [id]: { ...own, seenPassive: true } } : track.lbs;
  // "Another one carries it" was seen in that one's figures, which may be the older ones.
  const figures = [own, track.lbs[last.first?.edgeId ?? '']].flatMap((one) => one?.ingress.ingress ?? []);
  const fromMs = Math.min(reading.startedMonotonicMs, ...figures.map((ingress) => ingress.fromMs));
  const word = trafficWord(last, id, reading.startedMonotonicMs - fromMs);
  return { track: { lbs: lbsAfter, last }, word };
}
