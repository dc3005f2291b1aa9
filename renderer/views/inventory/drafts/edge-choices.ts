import type { Inventory } from '../../../../domain/inventory/inventory';
import { whyNotSelectable } from '../../../../domain/inventory/membership';
import type { ClusterDraft } from './cluster-draft';
import { subnetRuler } from './subnet-ruler';

/** An edge in the list to choose from. */
export interface EdgeChoice {
  key: string;
  name: string;
  proxyIp: string;
  chosen: boolean;
  aside: string;
  /** Why it cannot be chosen. */
  why: string | null;
  /** A chosen edge with an error. */
  wrong: boolean;
}

/**
 * The edges for a cluster: chosen ones, then available ones, then unavailable ones with the reason. Edges of other clusters
 * are listed only in a search, because there are many.
 */
export function edgeChoices(
  draft: ClusterDraft,
  inventory: Inventory,
  wrongKeys: ReadonlySet<string>,
  search: string,
): EdgeChoice[] {
  const words = search.trim().toLowerCase();
  const subnet = subnetMeant(draft);
  const chosen = draft.edges.map((edge) => ({
    key: edge.key,
    name: edge.name,
    proxyIp: edge.proxyIp,
    chosen: true,
    aside: [edge.sku, edge.id === null ? 'new' : ''].filter((word) => word !== '').join(', '),
    why: null,
    wrong: wrongKeys.has(edge.key),
  }));
  const ids = new Set(draft.edges.map((edge) => edge.id));
  const elsewhere = inventory.clusters.filter(({ id }) => words !== '' || id === draft.id);
  const free = [...inventory.standaloneEdges, ...elsewhere.flatMap(({ edges }) => edges)]
    .filter(
      ({ id, name, proxyIp }) =>
        !ids.has(id) && (name.toLowerCase().includes(words) || proxyIp.includes(words)),
    )
    .map((edge): EdgeChoice => {
      const why = whyNotSelectable(edge, inventory, draft.id, subnet);
      const leaving = edge.clusterId !== null && edge.clusterId === draft.id;
      const fits = leaving ? 'leaves, becomes standalone' : `${edge.sku ?? 'size unknown'}, free`;
      return {
        key: edge.id,
        name: edge.name,
        proxyIp: edge.proxyIp,
        chosen: false,
        aside: why ?? fits,
        why,
        wrong: false,
      };
    });
  return [...chosen, ...free.filter(({ why }) => why === null), ...free.filter(({ why }) => why !== null)];
}

/** The subnet of most addresses, so that one mistyped address does not exclude the others. */
export function subnetMeant({
  edges,
  defaultGateway,
  clusterIp,
  subnetMask,
}: ClusterDraft): { address: string; mask: string } | null {
  const addresses = [...edges.flatMap(({ proxyIp, lbIp }) => [proxyIp, lbIp]), defaultGateway, clusterIp];
  const ruler = subnetRuler(
    addresses.map((address) => ({ address, words: '' })),
    subnetMask,
  );
  return ruler && { address: ruler.first, mask: subnetMask };
}
