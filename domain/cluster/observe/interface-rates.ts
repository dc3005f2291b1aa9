import { thresholds } from '../../model/thresholds';
import { counterRate } from '../../model/counters';
import type { InterfaceReading, SnmpReading } from '../../model/reading';

/** Traffic of an edge's proxy and LB interfaces, bits per second; null where it is unknown. */
export interface InterfaceRates {
  proxyInBitsPerSecond: number | null;
  proxyOutBitsPerSecond: number | null;
  lbInBitsPerSecond: number | null;
  lbOutBitsPerSecond: number | null;
}

interface KnownRate {
  index: number;
  in: number | null;
  out: number | null;
}

type Counted = Pick<SnmpReading, 'interfaces' | 'interfaceUse'>;

/** The last reading of an edge's interface counters, and the rates up to it. Monotonic milliseconds. */
export interface CounterTrack {
  /** The counters from which the next rates are computed. */
  base: Counted;
  baseMonotonicMs: number;
  /** Since when no counter of any interface has changed. */
  stillSinceMonotonicMs: number;
  /** The last known rates of the interfaces that are used, octets per second. */
  known: readonly KnownRate[];
  rates: InterfaceRates | null;
}

/**
 * Applies the counters of a reading. `restarted`: the machine or its agent restarted since the last one (RFC 3418: sysUpTime restarts
 * when the counters may). A reading without counters changes nothing, so that the next rates cover the whole time.
 */
export function observeCounters(
  track: CounterTrack | null,
  reading: Counted,
  atMonotonicMs: number,
  restarted: boolean,
): CounterTrack | null {
  if (!reading.interfaces.some(hasCounter)) return track;
  const first = {
    base: reading,
    baseMonotonicMs: atMonotonicMs,
    stillSinceMonotonicMs: atMonotonicMs,
    known: [],
    rates: null,
  };
  if (!track) return first;
  const elapsedMs = atMonotonicMs - track.baseMonotonicMs;
  if (elapsedMs <= 0) return track;
  if (!restarted && isUnchanged(track.base, reading)) return observeStill(track, reading, atMonotonicMs);
  const known: KnownRate[] = [];
  const rates = ratesOf(reading, (index) => {
    const before = interfaceOf(track.base, index);
    const after = interfaceOf(reading, index);
    if (!before || !after) return unknownRate;
    const previous = track.known.find((rate) => rate.index === after.index);
    const rate = interfaceRate(before, after, { elapsedMs, restarted, previous });
    known.push({
      index: after.index,
      in: rate.in ?? previous?.in ?? null,
      out: rate.out ?? previous?.out ?? null,
    });
    return rate;
  });
  for (const rate of track.known) if (!known.some(({ index }) => index === rate.index)) known.push(rate);
  return { ...first, known, rates };
}

/** No counter changed: within the agent's cache that is no news, later there was no traffic, or the counters do not count. */
function observeStill(track: CounterTrack, reading: Counted, atMonotonicMs: number): CounterTrack {
  const stillMs = atMonotonicMs - track.stillSinceMonotonicMs;
  if (stillMs < thresholds.counterCacheMs) return track;
  const management = interfaceOf(reading, reading.interfaceUse.management);
  const isFrozen = typeof management?.inOctets === 'bigint' && stillMs >= thresholds.frozenCountersMs;
  const rates = ratesOf(reading, (index) => {
    const after = interfaceOf(reading, index);
    if (isFrozen || !after) return unknownRate;
    return { in: after.inOctets === null ? null : 0, out: after.outOctets === null ? null : 0 };
  });
  return { ...track, base: reading, baseMonotonicMs: atMonotonicMs, rates };
}

interface Rate {
  /** Octets per second. */
  in: number | null;
  out: number | null;
}

const unknownRate: Rate = { in: null, out: null };

interface Since {
  elapsedMs: number;
  restarted: boolean;
  previous: KnownRate | undefined;
}

/** Both directions of one interface. What resets one counter of an interface resets the others, too. */
function interfaceRate(before: InterfaceReading, after: InterfaceReading, since: Since): Rate {
  const longestMs = after.counterBits === 32 ? thresholds.longestRate32Ms : thresholds.longestRateMs;
  const isOther = before.counterBits !== after.counterBits || before.name !== after.name;
  if (isOther || isDiscontinuous(before, after) || since.elapsedMs > longestMs) return unknownRate;
  const received = sideRate(before.inOctets, after.inOctets, after, since, since.previous?.in ?? null);
  const sent = sideRate(before.outOctets, after.outOctets, after, since, since.previous?.out ?? null);
  const inFell = fell(before.inOctets, after.inOctets);
  const outFell = fell(before.outOctets, after.outOctets);
  const wasReset = (inFell && received === null) || (outFell && sent === null);
  return wasReset || (inFell && outFell) ? unknownRate : { in: received, out: sent };
}

function sideRate(
  before: bigint | null,
  after: bigint | null,
  of: InterfaceReading,
  { elapsedMs, restarted }: Since,
  previousPerSecond: number | null,
): number | null {
  const { counterBits: bits } = of;
  const maxPerSecond = maxOctetsPerSecond(of);
  return counterRate({ before, after, bits, elapsedMs, restarted, maxPerSecond, previousPerSecond });
}

function fell(before: bigint | null, after: bigint | null): boolean {
  return before !== null && after !== null && after < before;
}

function isDiscontinuous(before: InterfaceReading, after: InterfaceReading): boolean {
  const [was, is] = [before.discontinuityMs ?? null, after.discontinuityMs ?? null];
  return was !== null && is !== null && was !== is;
}

function maxOctetsPerSecond({ speedBitsPerSecond: speed }: InterfaceReading): number {
  const isKnown = speed !== null && speed !== undefined && speed > 0;
  if (!isKnown || speed === thresholds.nominalSpeedBitsPerSecond)
    return thresholds.maxInterfaceOctetsPerSecond;
  return Math.min(thresholds.maxInterfaceOctetsPerSecond, speed / 8);
}

function ratesOf({ interfaceUse }: Counted, rateOf: (index: number | null) => Rate): InterfaceRates {
  const proxy = rateOf(interfaceUse.proxy);
  const isShared = interfaceUse.loadBalancer === interfaceUse.proxy;
  const loadBalancer = isShared ? proxy : rateOf(interfaceUse.loadBalancer);
  return {
    proxyInBitsPerSecond: bits(proxy.in),
    proxyOutBitsPerSecond: bits(proxy.out),
    lbInBitsPerSecond: bits(loadBalancer.in),
    lbOutBitsPerSecond: bits(loadBalancer.out),
  };
}

function bits(octets: number | null): number | null {
  return octets === null ? null : octets * 8;
}

function isUnchanged(before: Counted, after: Counted): boolean {
  return after.interfaces.every((one) => {
    const was = interfaceOf(before, one.index);
    return was !== undefined && was.inOctets === one.inOctets && was.outOctets === one.outOctets;
  });
}

/** Whether an interface’s traffic was counted in a reading. */
export function hasCounter({ inOctets, outOctets }: InterfaceReading): boolean {
  return inOctets !== null || outOctets !== null;
}

function interfaceOf({ interfaces }: Counted, index: number | null): InterfaceReading | undefined {
  return index === null ? undefined : interfaces.find((one) => one.index === index);
}
