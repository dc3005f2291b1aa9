import type { DoctorFacts } from '../../domain/doctor/facts';
import type { Edge, Inventory } from '../../domain/inventory/inventory';

/** The facts about an edge before anything was asked. `isListed`: it is in an inventory, so its addresses and cluster are known. */
export function emptyFacts(edge: Edge, inventory: Inventory, isListed: boolean, atMs: number): DoctorFacts {
  const cluster = inventory.clusters.find(({ id }) => id === edge.clusterId);
  return {
    edge: {
      name: edge.name,
      proxyIp: isListed ? edge.proxyIp : null,
      lbIp: isListed ? (edge.lbIp ?? null) : null,
      managementIp: edge.managementIp ?? null,
      isInCluster: isListed ? cluster !== undefined && edge.deployment !== 'standalone' : null,
      clusterIp: cluster?.clusterIp ?? null,
      vhid: cluster?.vhid ?? null,
      hasSnmp: edge.snmp !== undefined,
    },
    ...{ atMs, tookMs: 0, isRecorded: false },
    ...{ name: null, reach: null, engine: null, credential: null, answers: null, objects: null },
    ...{ reading: null, readingWords: null, later: null, agentAddresses: [], objectId: null },
    http: { outcome: 'not-asked' },
    tcp: { outcome: 'not-asked' },
  };
}
