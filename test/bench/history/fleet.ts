import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** The year that is made: whole UTC days. */
export const year = { fromMs: Date.UTC(2025, 0, 1), toMs: Date.UTC(2026, 0, 1) };
export const clusterCount = 200;
export const edgesPerCluster = 8;
/** The first clusters' edges have samples throughout the year. */
export const sampledEdges = 16;
export const intervalMs = 10_000;

/** 200 clusters of 8 edges. */
export function benchInventory(): Inventory {
  const clusters = Array.from({ length: clusterCount }, (_, c) => {
    const name = `site-${String(c + 1).padStart(3, '0')}`;
    return {
      name,
      site: `Site ${c + 1}`,
      clusterIp: `10.${c}.0.10`,
      subnetMask: '255.255.255.0',
      defaultGateway: `10.${c}.0.1`,
      edges: Array.from({ length: edgesPerCluster }, (_, e) => ({
        name: `${name}-${String(e + 1).padStart(2, '0')}`,
        proxyIp: `10.${c}.0.${e + 11}`,
        lbIp: `10.${c}.0.${e + 31}`,
        managementIp: `10.${c}.1.${e + 11}`,
        snmp: { credential: 'noc' },
        http: {},
      })),
    };
  });
  return identifyInventory(inventoryFileSchema.parse({ clusters }), null);
}
