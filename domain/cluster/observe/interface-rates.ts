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

type Counted = Pick<SnmpReading, 'interfaces' | 'interfaceUse'>;

/** The last reading of an edge's interface counters, and the rates up to it. Monotonic milliseconds. */
export interface CounterTrack {
  /** The counters from which the next rates are computed. */
  base: Counted;
  baseMonotonicMs: number;
  /** Since when no counter of any interface has changed. */
  stillSinceMonotonicMs: number;
  /** The last known rate of each counter, octets per second, by interface and direction. */
  known: ReadonlyMap<string, number>;
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
    known: new Map<string, number>(),
    rates: null,
  };
  if (!track) return first;
  const elapsedMs = atMonotonicMs - track.baseMonotonicMs;
  if (elapsedMs <= 0) return track;
  if (!restarted && isUnchanged(track.base, reading)) return observeStill(track, reading, atMonotonicMs);
  const known = new Map(track.known);
  const rates = ratesOf(reading, (index) => {
    const before = interfaceOf(track.base, index);
    const after = interfaceOf(reading, index);
    return before && after ? interfaceRate(before, after, elapsedMs, restarted, known) : unknownRate;
  });
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

/** Both directions of one interface. What resets one counter of an interface resets the others, too. */
function interfaceRate(
  before: InterfaceReading,
  after: InterfaceReading,
  elapsedMs: number,
  restarted: boolean,
  known: Map<string, number>,
): Rate {
  const longestMs = after.counterBits === 32 ? thresholds.longestRate32Ms : thresholds.longestRateMs;
  const isOther = before.counterBits !== after.counterBits || before.name !== after.name;
  if (isOther || isDiscontinuous(before, after) || elapsedMs > longestMs) return unknownRate;
  const sides = (['inOctets', 'outOctets'] as const).map((side) => {
    const key = `${after.index} ${side}`;
    const fell = before[side] !== null && after[side] !== null && after[side] < before[side];
    const perSecond = counterRate({
      before: before[side],
      after: after[side],
      bits: after.counterBits,
      elapsedMs,
      restarted,
      maxPerSecond: maxOctetsPerSecond(after),
      previousPerSecond: known.get(key) ?? null,
    });
    return { key, fell, perSecond };
  });
  const wasReset = sides.some(({ fell, perSecond }) => fell && perSecond === null);
  if (wasReset || sides.every(({ fell }) => fell)) return unknownRate;
  for (const { key, perSecond } of sides) if (perSecond !== null) known.set(key, perSecond);
  return { in: sides[0]?.perSecond ?? null, out: sides[1]?.perSecond ?? null };
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
  const loadBalancer = rateOf(interfaceUse.loadBalancer);
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
