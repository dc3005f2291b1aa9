import type { InventoryFault } from './inventory-problem';
import type { InventoryFile } from './inventory-file';
import { edgeEntries } from './inventory-entries';
import { formatIpv4, maskLength, parseIpv4, sameSubnet, subnetOf } from './ipv4';

type FileCluster = InventoryFile['clusters'][number];

/** An address that must be in a subnet, and its path. */
interface Member {
  key: string;
  address: string;
  path: PropertyKey[];
}

/**
 * Cluster IP, default gateway, proxy IPs and LB IPs of a cluster are in one subnet (the vendor's addressing rule: one
 * VLAN). Management addresses may be anywhere. The gateway of a standalone edge is in the subnet of that edge.
 */
export function subnetFaults(file: InventoryFile): InventoryFault[] {
  return [
    ...file.clusters.flatMap((cluster, index) => clusterFaults(cluster, ['clusters', index])),
    ...edgeMaskFaults(file),
    ...standaloneFaults(file),
  ];
}

function clusterFaults(cluster: FileCluster, path: PropertyKey[]): InventoryFault[] {
  const members: Member[] = [
    { key: 'clusterIp', address: cluster.clusterIp, path: [...path, 'clusterIp'] },
    { key: 'defaultGateway', address: cluster.defaultGateway, path: [...path, 'defaultGateway'] },
  ];
  cluster.edges.forEach((edge, index) => {
    for (const key of ['proxyIp', 'lbIp', 'defaultGateway'] as const) {
      const address = edge[key];
      if (address !== undefined) members.push({ key, address, path: [...path, 'edges', index, key] });
    }
  });
  return memberFaults(members, cluster.subnetMask, `the subnet of "${cluster.name}"`);
}

/**
 * The file does not state the subnet, so it is that of most of the addresses (at a tie, of the first): one wrong address is then
 * one error, even if it is the cluster IP.
 */
function memberFaults(members: readonly Member[], mask: string, whose: string): InventoryFault[] {
  const votes = new Map<number, number>();
  for (const { address } of members) {
    const subnet = subnetOf(address, mask);
    if (subnet !== null) votes.set(subnet, (votes.get(subnet) ?? 0) + 1);
  }
  const [meant] = [...votes].sort(([, a], [, b]) => b - a)[0] ?? [];
  if (meant === undefined) return [];
  const subnet = `${formatIpv4(meant)}/${maskLength(mask)}`;
  const last = meant + 2 ** (32 - (maskLength(mask) ?? 32)) - 1;
  return members.flatMap(({ key, address, path }): InventoryFault[] => {
    if (subnetOf(address, mask) !== meant) {
      const reason = `${key} ${address} is outside ${whose}, ${subnet}.`;
      const [first, end] = [formatIpv4(meant + 1), formatIpv4(last - 1)];
      const rule = { code: 'outside-subnet', subnet, first, last: end } as const;
      return [{ path, reason, todo: 'Correct the address, or the subnet mask.', rule }];
    }
    const value = parseIpv4(address);
    if (value !== meant && value !== last) return [];
    const name =
      value === meant ? 'first address (the network itself)' : 'last address (its broadcast address)';
    const code = value === meant ? 'network-address' : 'broadcast-address';
    const reason = `${key} ${address} is the ${name} of ${subnet}.`;
    return [{ path, reason, todo: 'Give it another one.', rule: { code, subnet } }];
  });
}

function edgeMaskFaults(file: InventoryFile): InventoryFault[] {
  return edgeEntries(file).flatMap(({ edge, cluster, path }) => {
    if (!cluster || edge.subnetMask === undefined || edge.subnetMask === cluster.subnetMask) return [];
    return [
      {
        path: [...path, 'subnetMask'],
        reason: `subnetMask ${edge.subnetMask} differs from its cluster’s, ${cluster.subnetMask}.`,
        todo: 'Leave it out: the cluster’s counts.',
      },
    ];
  });
}

function standaloneFaults(file: InventoryFile): InventoryFault[] {
  return edgeEntries(file).flatMap(({ edge, cluster, path }) => {
    const { subnetMask, defaultGateway, proxyIp } = edge;
    if (cluster || subnetMask === undefined || defaultGateway === undefined) return [];
    if (sameSubnet(proxyIp, defaultGateway, subnetMask)) return [];
    return [
      {
        path: [...path, 'defaultGateway'],
        reason: `defaultGateway ${defaultGateway} is outside the edge’s subnet, that of ${proxyIp} with ${subnetMask}.`,
        todo: 'Correct the address, or the subnet mask.',
      },
    ];
  });
}
