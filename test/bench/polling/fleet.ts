import type { InventoryFile } from '../../../domain/inventory/inventory-file';

/** The most edges a cluster may have, so that there are as few clusters as there can be. */
const edgesPerCluster = 16;
const credentialName = 'bench';
export const user = 'noc';

/** The name of edge number `number`; its agent makes its engine id of it. */
export function edgeName(number: number): string {
  return `edge-${String(number).padStart(5, '0')}`;
}

/** Whether edge number `number` is its cluster's active load balancer. */
export function isMaster(number: number): boolean {
  return number % edgesPerCluster === 0;
}

/** Addresses of edge number `number`. */
export function addressesOf(number: number): { proxyIp: string; lbIp: string; managementIp: string } {
  const subnet = subnetOf(Math.floor(number / edgesPerCluster));
  const at = number % edgesPerCluster;
  return {
    proxyIp: `${subnet}.${10 + at}`,
    lbIp: `${subnet}.${50 + at}`,
    managementIp: `${subnet}.${100 + at}`,
  };
}

function subnetOf(cluster: number): string {
  return `10.${1 + (cluster >> 8)}.${cluster & 255}`;
}

/** The inventory of `ports.length` edges on loopback, SNMPv3 authPriv with SHA-1 and AES-128, without HTTP. */
export function benchInventory(ports: readonly number[]): InventoryFile {
  const clusters: InventoryFile['clusters'] = [];
  for (let first = 0; first < ports.length; first += edgesPerCluster) {
    const members = ports.slice(first, first + edgesPerCluster);
    const subnet = subnetOf(clusters.length);
    clusters.push({
      name: `cluster-${String(clusters.length).padStart(4, '0')}`,
      status: 'enabled',
      clusterIp: `${subnet}.1`,
      subnetMask: '255.255.255.0',
      defaultGateway: `${subnet}.254`,
      ipsecLocalTermination: false,
      edges: members.map((port, at) => ({
        name: edgeName(first + at),
        status: 'enabled',
        deployment: 'cluster',
        ...addressesOf(first + at),
        snmp: { host: '127.0.0.1', port, credential: credentialName },
      })),
    });
  }
  return {
    credentials: [
      {
        name: credentialName,
        version: '3',
        user,
        auth: { protocol: 'sha1', passwordEnv: 'HERON_DEMO_AUTH' },
        priv: { protocol: 'aes128', passwordEnv: 'HERON_DEMO_PRIV' },
      },
    ],
    clusters,
    standaloneEdges: [],
  };
}
