import { formatIpv4, maskLength, parseIpv4, subnetOf } from '../../../../domain/inventory/ipv4';

/** An address on the ruler; `at` is its position in the subnet, 0..1. */
export interface RulerMark {
  address: string;
  words: string;
  at: number;
}

/** The subnet of most addresses as a ruler: the addresses inside it with their positions, and those outside. */
export interface SubnetRuler {
  first: string;
  last: string;
  marks: RulerMark[];
  outside: { address: string; words: string }[];
}

/** Null without a mask or any address. */
export function subnetRuler(
  addresses: readonly { address: string; words: string }[],
  mask: string,
): SubnetRuler | null {
  const bits = maskLength(mask);
  if (bits === null || bits < 1 || bits > 30) return null;
  const votes = new Map<number, number>();
  for (const { address } of addresses) {
    const subnet = subnetOf(address, mask);
    if (subnet !== null) votes.set(subnet, (votes.get(subnet) ?? 0) + 1);
  }
  const [meant] = [...votes].sort(([, a], [, b]) => b - a)[0] ?? [];
  if (meant === undefined) return null;
  const size = 2 ** (32 - bits);
  const marks: RulerMark[] = [];
  const outside: { address: string; words: string }[] = [];
  for (const each of addresses) {
    const value = parseIpv4(each.address);
    if (value === null) continue;
    if (subnetOf(each.address, mask) === meant) marks.push({ ...each, at: (value - meant) / (size - 1) });
    else outside.push(each);
  }
  return { first: formatIpv4(meant), last: formatIpv4(meant + size - 1), marks, outside };
}
