import type { InterfaceReading, SnmpReading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import { uptimeStep } from '../../model/uptime';

/** One reading of an LB interface's ingress counter, or why there is none. Times are monotonic milliseconds. */
export interface IngressReading {
  fromMs: number;
  toMs: number;
  agentUptimeMs: number | null;
  counter: Pick<InterfaceReading, 'index' | 'name' | 'inOctets' | 'counterBits'> | null;
  /** Why the ingress cannot be measured, to complete "NAME cannot be measured: ..."; null with a counter. */
  why: string | null;
}

/** User traffic that came in on an LB interface within the interval, without the background traffic of an idle LB. Monotonic milliseconds. */
export interface Ingress {
  bitsPerSecond: number;
  fromMs: number;
  toMs: number;
  /** The approximate time in which the counter rose. */
  elapsedMs: number;
}

interface CounterValue {
  octets: bigint;
  key: string;
  uptimeMs: number | null;
  /** The agent read this value at some time from here on (it may cache) ... */
  takenFromMs: number;
  /** ... to the end of the poll that first returned it. */
  firstFromMs: number;
  firstToMs: number;
  lastFromMs: number;
  lastToMs: number;
}

/** What is known of one LB interface's ingress. */
export interface IngressTrack {
  value: CounterValue | null;
  ingress: Ingress | null;
  /** The last reading led to a new measurement. */
  fresh: boolean;
  why: string | null;
  /** Its last poll was not answered, so the last measurement no longer applies. */
  lost: boolean;
}

export const newIngressTrack: IngressTrack = {
  value: null,
  ingress: null,
  fresh: false,
  why: null,
  lost: false,
};

/** What a reading contains about the LB interface's ingress; null when the poll did not include it. */
export function ingressIn(snmp: SnmpReading): Pick<IngressReading, 'counter' | 'why'> | null {
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
 * Applies a reading. A measurement needs two values of the counter: the agent read the earlier one no sooner than `takenFromMs` and
 * the later one before the end of the poll, so the difference came in between. A counter that fell restarts the measurement, even if
 * it wrapped: a missing measurement is better than a wrong one.
 */
export function observeIngress(track: IngressTrack, reading: IngressReading): IngressTrack {
  const octets = reading.counter?.inOctets ?? null;
  if (!reading.counter || octets === null) return { ...newIngressTrack, why: reading.why };
  const key = `${reading.counter.index} ${reading.counter.name} ${reading.counter.counterBits}`;
  const is = {
    octets,
    key,
    uptimeMs: reading.agentUptimeMs,
    firstFromMs: reading.fromMs,
    firstToMs: reading.toMs,
    lastFromMs: reading.fromMs,
    lastToMs: reading.toMs,
  };
  const was = track.value;
  if (!was || isRestarted(was, is)) {
    const takenFromMs = reading.fromMs - thresholds.counterCacheMs;
    return { ...newIngressTrack, value: { ...is, takenFromMs } };
  }
  if (reading.toMs < was.lastToMs) return { ...track, fresh: false };
  if (octets === was.octets) return unchanged(track, was, reading);
  const elapsedMs = middle(is) - middle(was);
  if (elapsedMs < thresholds.shortestIngressMs) return { ...track, fresh: false, lost: false };
  return {
    value: { ...is, takenFromMs: was.lastFromMs },
    ingress: {
      bitsPerSecond: usersBits(Number(octets - was.octets), elapsedMs),
      fromMs: was.takenFromMs,
      toMs: reading.toMs,
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

function unchanged(track: IngressTrack, was: CounterValue, reading: IngressReading): IngressTrack {
  const value = {
    ...was,
    uptimeMs: reading.agentUptimeMs,
    lastFromMs: reading.fromMs,
    lastToMs: reading.toMs,
  };
  const idleMs = reading.fromMs - was.firstToMs;
  if (idleMs < thresholds.counterCacheMs) return { ...track, value, fresh: false, lost: false };
  const ingress = { bitsPerSecond: 0, fromMs: was.firstFromMs, toMs: reading.toMs, elapsedMs: idleMs };
  return { value, ingress, fresh: true, why: null, lost: false };
}

function isRestarted(was: CounterValue, is: Omit<CounterValue, 'takenFromMs'>): boolean {
  const restarted =
    was.uptimeMs !== null &&
    is.uptimeMs !== null &&
    uptimeStep(
      { uptimeMs: was.uptimeMs, atMonotonicMs: was.lastToMs },
      { uptimeMs: is.uptimeMs, atMonotonicMs: is.firstToMs },
    ) === 'restarted';
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
