import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';

export const clusterCount = 1000;
export const edgesPerCluster = 4;
/** One more cluster, the last: as many edges as one may have, for the chart. */
export const chartClusterName = 'site-chart';
export const chartEdges = 16;

/** 1,000 clusters of 4 edges, and one of 16. */
export function uiInventory(): Inventory {
  const clusters = Array.from({ length: clusterCount + 1 }, (_, c) => {
    const last = c === clusterCount;
    const name = last ? chartClusterName : `site-${String(c + 1).padStart(4, '0')}`;
    const net = `10.${c >> 7}.${2 * (c & 127)}`;
    const managementNet = `10.${c >> 7}.${2 * (c & 127) + 1}`;
    return {
      name,
      site: `Site ${c + 1}`,
      clusterIp: `${net}.10`,
      subnetMask: '255.255.255.0',
      defaultGateway: `${net}.1`,
      edges: Array.from({ length: last ? chartEdges : edgesPerCluster }, (_edge, e) => ({
        name: `${name}-${String(e + 1).padStart(2, '0')}`,
        proxyIp: `${net}.${e + 11}`,
        lbIp: `${net}.${e + 31}`,
        managementIp: `${managementNet}.${e + 11}`,
        snmp: { credential: 'noc' },
      })),
    };
  });
  const credentials = [
    {
      name: 'noc',
      version: '3',
      user: 'noc',
      auth: { protocol: 'sha1', passwordEnv: 'HERON_DEMO_AUTH' },
      priv: { protocol: 'aes128', passwordEnv: 'HERON_DEMO_PRIV' },
    },
  ];
  return identifyInventory(inventoryFileSchema.parse({ credentials, clusters }), null);
}
