import type { EdgePorts } from './listeners';
import type { ClusterPlan, EdgePlan } from '../fleet/plan';

const credential = 'demo';
export const demoUser = 'heron';

/** The fleet as an inventory file for the monitor: like any other, with loopback ports and a credential by name. */
export function fleetInventory(plans: readonly ClusterPlan[], ports: ReadonlyMap<string, EdgePorts>): object {
  return {
    $schema: 'https://heron.invalid/schema/inventory-1.json',
    credentials: [
      {
        name: credential,
        version: '3',
        user: demoUser,
        auth: { protocol: 'sha1', passwordEnv: 'HERON_DEMO_AUTH' },
        priv: { protocol: 'aes128', passwordEnv: 'HERON_DEMO_PRIV' },
      },
    ],
    clusters: plans
      .filter((plan) => !plan.standalone)
      .map((plan) => ({
        name: plan.name,
        site: plan.site.city,
        status: 'enabled',
        clusterIp: plan.clusterIp,
        subnetMask: plan.subnetMask,
        defaultGateway: plan.defaultGateway,
        ipsecLocalTermination: plan.ipsecLocalTermination,
        // Its addresses are made up: whoever has them in this network is not to be probed.
        probe: { kind: 'off' },
        edges: plan.edges.map((edge) => inventoryEdge(edge, ports)),
      })),
    standaloneEdges: plans
      .filter((plan) => plan.standalone)
      .flatMap((plan) => plan.edges.map((edge) => inventoryEdge(edge, ports))),
  };
}

function inventoryEdge(edge: EdgePlan, ports: ReadonlyMap<string, EdgePorts>): object {
  const own = ports.get(edge.name);
  if (!own) throw new Error(`Edge ${edge.name} does not listen`);
  return {
    name: edge.name,
    status: 'enabled',
    ...(edge.lbIp === undefined
      ? { deployment: 'standalone', deploymentStatus: 'trial' }
      : { deployment: 'cluster' }),
    proxyIp: edge.proxyIp,
    ...(edge.lbIp === undefined ? {} : { lbIp: edge.lbIp }),
    managementIp: edge.managementIp,
    subscription: edge.subscription,
    snmp: { host: '127.0.0.1', port: own.snmp, credential },
    http: { url: `http://127.0.0.1:${String(own.http)}/index.html?=100` },
  };
}
