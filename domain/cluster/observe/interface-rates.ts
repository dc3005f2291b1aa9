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

/** Rates between two readings of one edge's interface counters, `elapsedMs` apart on the monotonic clock. */
export function interfaceRates(
  before: SnmpReading,
  after: SnmpReading,
  elapsedMs: number,
  restarted: boolean,
): InterfaceRates {
  const rate = (index: number | null, side: 'inOctets' | 'outOctets'): number | null => {
    const was = find(before, index);
    const is = find(after, index);
    if (!was || !is || was.counterBits !== is.counterBits || was.name !== is.name) return null;
    const octets = counterRate({
      before: was[side],
      after: is[side],
      bits: is.counterBits,
      elapsedMs,
      restarted,
      maxPerSecond: thresholds.maxInterfaceOctetsPerSecond,
    });
    return octets === null ? null : octets * 8;
  };
  const { proxy, loadBalancer } = after.interfaceUse;
  return {
    proxyInBitsPerSecond: rate(proxy, 'inOctets'),
    proxyOutBitsPerSecond: rate(proxy, 'outOctets'),
    lbInBitsPerSecond: rate(loadBalancer, 'inOctets'),
    lbOutBitsPerSecond: rate(loadBalancer, 'outOctets'),
  };
}

function find(device: SnmpReading, index: number | null): InterfaceReading | undefined {
  return index === null ? undefined : device.interfaces.find((one) => one.index === index);
}
