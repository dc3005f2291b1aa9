import type { InterfaceReading, SnmpReading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';

/** One look at an LB interface's ingress counter, or why there is none to look at. Times are monotonic milliseconds. */
export interface IngressLook {
  fromMs: number;
  toMs: number;
  agentUptimeMs: number | null;
  counter: Pick<InterfaceReading, 'index' | 'name' | 'inOctets' | 'counterBits'> | null;
  /** Why the interface's ingress cannot be told, as the rest of "NAME cannot be measured: ..."; null with a counter. */
  why: string | null;
}

/** What came in on an LB interface, without what every LB hears. It arrived inside the stretch, monotonic milliseconds. */
export interface Ingress {
  bitsPerSecond: number;
  fromMs: number;
  toMs: number;
  /** About how long the counter took to rise. */
  elapsedMs: number;
}

interface CounterValue {
  octets: bigint;
  key: string;
  uptimeMs: number | null;
  /** The agent took this value at some instant from here on (it may cache) ... */
  takenFromMs: number;
  /** ... until the end of the look that first showed it. */
  firstFromMs: number;
  firstToMs: number;
  lastFromMs: number;
  lastToMs: number;
}

/** What is remembered of one LB interface's ingress. */
export interface IngressTrack {
  value: CounterValue | null;
  ingress: Ingress | null;
  /** The last look brought a new figure. */
  fresh: boolean;
  why: string | null;
  /** Its last poll was not answered: what was measured before is not what it carries now. */
  lost: boolean;
}

export const newIngressTrack: IngressTrack = {
  value: null,
  ingress: null,
  fresh: false,
  why: null,
  lost: false,
};

/** What a reading shows of the LB interface's ingress; null when it did not ask for it. */
export function ingressIn(snmp: SnmpReading): Pick<IngressLook, 'counter' | 'why'> | null {
  const { proxy, loadBalancer } = snmp.interfaceUse;
  if (snmp.roleOnly && proxy === null && loadBalancer === null) return null;
  if (loadBalancer === null) {
    return { counter: null, why: 'none of its interfaces is known to be the LB’s' };
  }
  if (loadBalancer === proxy) {
    return { counter: null, why: 'LB and proxy share one interface' };
  }
  const counter = snmp.interfaces.find(({ index }) => index === loadBalancer);
  if (counter && counter.inOctets !== null) return { counter, why: null };
  return snmp.roleOnly ? null : { counter: null, why: 'its agent does not count the LB interface’s octets' };
}

/**
 * Takes a look in. A figure comes of two values of the counter: the agent took the earlier one no sooner than
 * `takenFromMs` and the later one before the look's end, so what it counts came in between. A counter that fell, wrapped
 * included, starts anew: one figure less is better than a wrong one.
 */
export function observeIngress(track: IngressTrack, look: IngressLook): IngressTrack {
  const octets = look.counter?.inOctets ?? null;
  if (!look.counter || octets === null) return { ...newIngressTrack, why: look.why };
  const key = `${look.counter.index} ${look.counter.name} ${look.counter.counterBits}`;
  const is = {
    octets,
    key,
    uptimeMs: look.agentUptimeMs,
    firstFromMs: look.fromMs,
    firstToMs: look.toMs,
    lastFromMs: look.fromMs,
    lastToMs: look.toMs,
  };
  const was = track.value;
  if (!was || startsAnew(was, is)) {
    const takenFromMs = look.fromMs - thresholds.counterCacheMs;
    return { ...newIngressTrack, value: { ...is, takenFromMs } };
  }
  if (look.toMs < was.lastToMs) return { ...track, fresh: false };
  if (octets === was.octets) return unchanged(track, was, look);
  const elapsedMs = middle(is) - middle(was);
  if (elapsedMs < thresholds.shortestIngressMs) return { ...track, fresh: false, lost: false };
  return {
    value: { ...is, takenFromMs: was.lastFromMs },
    ingress: {
      bitsPerSecond: usersBits(Number(octets - was.octets), elapsedMs),
      fromMs: was.takenFromMs,
      toMs: look.toMs,
      elapsedMs,
    },
    fresh: true,
    why: null,
    lost: false,
  };
}

/** Its poll was not answered. */
export function loseIngress(track: IngressTrack): IngressTrack {
  return { ...track, fresh: false, lost: true };
}

function unchanged(track: IngressTrack, was: CounterValue, look: IngressLook): IngressTrack {
  const value = { ...was, uptimeMs: look.agentUptimeMs, lastFromMs: look.fromMs, lastToMs: look.toMs };
  const idleMs = look.fromMs - was.firstToMs;
  if (idleMs < thresholds.counterCacheMs) return { ...track, value, fresh: false, lost: false };
  const ingress = { bitsPerSecond: 0, fromMs: was.firstFromMs, toMs: look.toMs, elapsedMs: idleMs };
  return { value, ingress, fresh: true, why: null, lost: false };
}

function startsAnew(was: CounterValue, is: Omit<CounterValue, 'takenFromMs'>): boolean {
  const restarted = was.uptimeMs !== null && is.uptimeMs !== null && is.uptimeMs < was.uptimeMs - 2_000;
  const tooLong = is.firstFromMs - was.lastToMs > thresholds.longestIngressMs;
  return was.key !== is.key || is.octets < was.octets || restarted || tooLong;
}

function usersBits(octets: number, elapsedMs: number): number {
  const idle = thresholds.idleIngressOctets + (thresholds.idleIngressBitsPerSecond / 8) * (elapsedMs / 1000);
  return (Math.max(0, octets - idle) * 8 * 1000) / elapsedMs;
}

function middle(value: { firstFromMs: number; firstToMs: number }): number {
  return (value.firstFromMs + value.firstToMs) / 2;
}
