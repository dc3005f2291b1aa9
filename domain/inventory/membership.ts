import type { Edge, Inventory } from './inventory';
import { sameSubnet } from './ipv4';

/** Why an edge cannot be in any cluster, in words that follow its name; null when it can. */
export function whyNotEligible(edge: Pick<Edge, 'sku'>): string | null {
  return edge.sku === undefined || edge.sku === 'LARGE' ? null : `${edge.sku}, a cluster takes LARGE`;
}

/** Why an edge of the inventory cannot be chosen for one cluster; null when it can. `clusterId` null: a new cluster. */
export function whyNotSelectable(
  edge: Edge,
  inventory: Inventory,
  clusterId: string | null,
  subnet: { address: string; mask: string } | null,
): string | null {
  if (edge.clusterId !== null && edge.clusterId !== clusterId) {
    const other = inventory.clusters.find(({ id }) => id === edge.clusterId);
    return `in ${other?.name ?? 'another cluster'}`;
  }
  if (edge.clusterId !== null && edge.clusterId === clusterId) return null;
  const never = whyNotEligible(edge);
  if (never !== null) return never;
  if (subnet && !sameSubnet(edge.proxyIp, subnet.address, subnet.mask)) return 'in another subnet';
  return null;
}
