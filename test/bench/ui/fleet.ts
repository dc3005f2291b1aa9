import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';

export const clusterCount = 1000;
export const edgesPerCluster = 4;
/** One more cluster, the last: as many edges as one may have, for the chart. */
export const chartClusterName = 'site-chart';
export const chartEdges = 16;

const credentials = [
  {
    name: 'noc',
    version: '3',
    user: 'noc',
    auth: { protocol: 'sha1', passwordEnv: 'HERON_DEMO_AUTH' },
    priv: { protocol: 'aes128', passwordEnv: 'HERON_DEMO_PRIV' },
  },
];

/** 1,000 clusters of 4 edges, and one of 16. */
export function uiInventory(): Inventory {
  const chart = clusterAt(clusterCount, chartClusterName, chartEdges);
  return inventoryOf([...clustersOfFour(clusterCount), chart]);
}

/** So many clusters of 4 edges. */
export function inventoryOfFours(clusters: number): Inventory {
  return inventoryOf(clustersOfFour(clusters));
}

function inventoryOf(clusters: object[]): Inventory {
  return identifyInventory(inventoryFileSchema.parse({ credentials, clusters }), null);
}

function clustersOfFour(count: number): object[] {
  return Array.from({ length: count }, (_, place) =>
    clusterAt(place, `site-${String(place + 1).padStart(4, '0')}`, edgesPerCluster),
  );
}

/** Scripted edges know their places by these addresses. */
function clusterAt(place: number, name: string, edges: number): object {
  const net = `10.${place >> 7}.${2 * (place & 127)}`;
  const managementNet = `10.${place >> 7}.${2 * (place & 127) + 1}`;
  return {
    name,
    site: `Site ${place + 1}`,
    clusterIp: `${net}.10`,
    subnetMask: '255.255.255.0',
    defaultGateway: `${net}.1`,
    edges: Array.from({ length: edges }, (_, edge) => ({
      name: `${name}-${String(edge + 1).padStart(2, '0')}`,
      proxyIp: `${net}.${edge + 11}`,
      lbIp: `${net}.${edge + 31}`,
      managementIp: `${managementNet}.${edge + 11}`,
      snmp: { credential: 'noc' },
    })),
  };
}
