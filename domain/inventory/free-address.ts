import { edgeEntries } from './inventory-entries';
import type { InventoryFile } from './inventory-file';
import { formatIpv4, maskLength, parseIpv4, subnetOf } from './ipv4';

/** Addresses in use in one subnet, as numbers in ascending order. */
export function takenAddresses(file: InventoryFile, address: string, mask: string): number[] {
  const subnet = subnetOf(address, mask);
  const all = [
    ...file.clusters.flatMap(({ clusterIp, defaultGateway }) => [clusterIp, defaultGateway]),
    ...edgeEntries(file).flatMap(({ edge }) => [
      edge.proxyIp,
      edge.lbIp,
      edge.managementIp,
      edge.defaultGateway,
    ]),
  ];
  const here = all.flatMap((each) => {
    const value = each === undefined ? null : parseIpv4(each);
    return each !== undefined && value !== null && subnetOf(each, mask) === subnet ? [value] : [];
  });
  return [...new Set(here)].sort((a, b) => a - b);
}

/**
 * A free address in the subnet of `first`: the one with the same last part as `like` (the part before may be mistyped),
 * otherwise the first free one; null when there is none.
 */
export function freeAddress(
  first: string,
  mask: string,
  like: string | null,
  taken: readonly number[],
): string | null {
  const subnet = subnetOf(first, mask);
  const bits = maskLength(mask);
  if (subnet === null || bits === null || bits > 30) return null;
  const size = 2 ** (32 - bits);
  const used = new Set(taken);
  const wanted = like === null ? null : parseIpv4(like);
  if (wanted !== null) {
    const same = subnet + (wanted % size);
    if (same !== subnet && same !== subnet + size - 1 && !used.has(same)) return formatIpv4(same);
  }
  for (let value = subnet + 1; value < subnet + size - 1; value += 1) {
    if (!used.has(value)) return formatIpv4(value);
  }
  return null;
}
