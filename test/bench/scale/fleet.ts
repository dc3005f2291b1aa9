import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';

export const edgesPerCluster = 4;

/** So many clusters of 4 edges, with the addresses that scripted edges know their places by. */
export function scaleInventory(clusters: number): Inventory {
  return identifyInventory(
    inventoryFileSchema.parse({
      credentials: [
        {
          name: 'noc',
          version: '3',
          user: 'noc',
          auth: { protocol: 'sha1', passwordEnv: 'HERON_DEMO_AUTH' },
          priv: { protocol: 'aes128', passwordEnv: 'HERON_DEMO_PRIV' },
        },
      ],
      clusters: Array.from({ length: clusters }, (_, c) => clusterAt(c)),
    }),
    null,
  );
}

function clusterAt(c: number): object {
  const name = `site-${String(c + 1).padStart(4, '0')}`;
  const net = `10.${c >> 7}.${2 * (c & 127)}`;
  const managementNet = `10.${c >> 7}.${2 * (c & 127) + 1}`;
  return {
    name,
    site: `Site ${c + 1}`,
    clusterIp: `${net}.10`,
    subnetMask: '255.255.255.0',
    defaultGateway: `${net}.1`,
    edges: Array.from({ length: edgesPerCluster }, (_, e) => ({
      name: `${name}-${String(e + 1).padStart(2, '0')}`,
      proxyIp: `${net}.${e + 11}`,
      lbIp: `${net}.${e + 31}`,
      managementIp: `${managementNet}.${e + 11}`,
      snmp: { credential: 'noc' },
    })),
  };
}
