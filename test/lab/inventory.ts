import { inventoryFileSchema, type InventoryFile } from '../../domain/inventory/inventory-file';
import type { ClusterPlan, LabPlan } from './plan';
import { snmpUser } from './snmpd-config';

/** Names of the environment variables that hold the edges' SNMP passwords. */
export const passwordVariables = { auth: 'HERON_LAB_AUTH', priv: 'HERON_LAB_PRIV' };

/** The lab as an inventory file. The passwords are in the environment, under the names above. */
export function labInventory(plan: LabPlan): InventoryFile {
  return inventoryFileSchema.parse({
    $schema: 'https://heron.invalid/schema/inventory-1.json',
    credentials: [
      {
        name: 'lab',
        version: '3',
        user: snmpUser,
        auth: { protocol: 'sha1', passwordEnv: passwordVariables.auth },
        priv: { protocol: 'aes128', passwordEnv: passwordVariables.priv },
      },
    ],
    clusters: plan.clusters.map(clusterEntry),
  });
}

function clusterEntry(cluster: ClusterPlan): object {
  return {
    name: cluster.name,
    clusterIp: cluster.clusterIp,
    subnetMask: '255.255.255.0',
    defaultGateway: cluster.gatewayIp,
    edges: cluster.edges.map((edge) => ({
      name: edge.name,
      proxyIp: edge.proxyIp,
      lbIp: edge.lbIp,
      managementIp: edge.managementIp,
      subscription: `LAB-${cluster.number}-${edge.number}`,
      snmp: { port: 161, credential: 'lab' },
      http: { url: `http://${edge.proxyIp}:3128/index.html?=100` },
    })),
  };
}
