import { switchPort, type ClusterPlan, type EdgePlan, type LabPlan } from './plan';
import { ipBatch, runCommand } from './system-command';

const edgeTables = { lb: 31, mgmt: 51 };

/** Makes a lab's namespaces, switches and cables, with all addresses. Nothing runs in them yet. */
export async function buildNetwork(plan: LabPlan): Promise<void> {
  for (const cluster of plan.clusters) await buildCluster(cluster);
}

async function buildCluster(cluster: ClusterPlan): Promise<void> {
  const { switchNamespace: sw, clientNamespace: client } = cluster;
  const namespaces = [sw, client, ...cluster.edges.map((edge) => edge.namespace)];
  await runCommand('ip', ['-batch', '-'], namespaces.map((name) => `netns add ${name}\n`).join(''));
  await ipBatch(sw, [
    'link set lo up',
    'link add br0 type bridge forward_delay 0 mcast_snooping 0',
    'link set br0 up',
    ...cluster.edges.flatMap((edge) => [
      ...cable(switchPort(edge, 'mgmt'), 'mgmt', edge.namespace, edge.managementMac),
      ...cable(switchPort(edge, 'proxy'), 'proxy', edge.namespace, edge.proxyMac),
      ...cable(switchPort(edge, 'lb'), 'lb', edge.namespace, edge.lbMac),
    ]),
    ...cable('client', 'client', client),
    ...plugIn(
      'poller',
      `link add poller type veth peer name ${cluster.pollerInterface} netns ${process.pid}`,
    ),
  ]);
  for (const edge of cluster.edges) await ipBatch(edge.namespace, edgeAddresses(cluster, edge));
  await ipBatch(client, [
    'link set lo up',
    `address add ${cluster.gatewayIp}/24 dev client`,
    'link set client up',
    `route add unreachable default metric 4278198272`,
  ]);
  await connectPoller(cluster);
}

/**
 * The poller's end. Should the cable go, what is sent to the lab must not take the machine's default route:
 * the `unreachable` route below catches it.
 */
async function connectPoller(cluster: ClusterPlan): Promise<void> {
  const { pollerInterface, pollerIp, network } = cluster;
  await runCommand('sysctl', ['-qw', `net.ipv6.conf.${pollerInterface}.disable_ipv6=1`]);
  await runCommand('ip', ['route', 'replace', 'unreachable', network, 'metric', '4278198272']);
  await runCommand('ip', ['address', 'add', `${pollerIp}/24`, 'dev', pollerInterface]);
  await runCommand('ip', ['link', 'set', pollerInterface, 'up']);
}

function cable(port: string, peer: string, namespace: string, mac?: string): string[] {
  const address = mac === undefined ? '' : ` address ${mac}`;
  return plugIn(port, `link add ${port} type veth peer name ${peer}${address} netns ${namespace}`);
}

function plugIn(port: string, add: string): string[] {
  return [add, `link set ${port} master br0`, `link set ${port} up`];
}

/**
 * Three interfaces in one subnet, as on a real edge. What has the address of one of them leaves by it; everything else,
 * direct server returns from the cluster IP among them, leaves by the proxy interface. The cluster IP on lo lets every
 * edge take requests that the LB sends on; that the active LB answers ARP for it is set-role.sh's business.
 */
function edgeAddresses(cluster: ClusterPlan, edge: EdgePlan): string[] {
  return [
    'link set lo up',
    `address add ${cluster.clusterIp}/32 dev lo`,
    `address add ${edge.proxyIp}/24 dev proxy`,
    `address add ${edge.managementIp}/24 dev mgmt noprefixroute`,
    `address add ${edge.lbIp}/24 dev lb noprefixroute`,
    'link set proxy up',
    'link set mgmt up',
    'link set lb up',
    `route add default via ${cluster.gatewayIp} dev proxy`,
    `route add ${cluster.network} dev mgmt src ${edge.managementIp} table ${edgeTables.mgmt}`,
    `route add ${cluster.network} dev lb src ${edge.lbIp} table ${edgeTables.lb}`,
    `rule add from ${edge.managementIp} lookup ${edgeTables.mgmt}`,
    `rule add from ${edge.lbIp} lookup ${edgeTables.lb}`,
  ];
}

/** Pulls or plugs an edge's cables at the switch: the edge sees its carrier go. */
export async function setPorts(
  cluster: ClusterPlan,
  edge: EdgePlan,
  cables: readonly Parameters<typeof switchPort>[1][],
  up: boolean,
): Promise<void> {
  const state = up ? 'up' : 'down';
  await ipBatch(
    cluster.switchNamespace,
    cables.map((name) => `link set ${switchPort(edge, name)} ${state}`),
  );
}

/** IP protocol number of CARP's advertisements (shared with VRRP). */
const carpProtocol = 112;

/** Keeps the advertisements of one side of the cluster from the other, both ways; everything else passes. */
export async function splitSwitch(cluster: ClusterPlan, oneSide: EdgePlan[]): Promise<void> {
  const side = new Set(oneSide.map((edge) => edge.number));
  const ports = (inSide: boolean): string =>
    cluster.edges
      .filter((edge) => side.has(edge.number) === inSide)
      .map((edge) => `"${switchPort(edge, 'lb')}"`)
      .join(', ');
  const drop = (from: string, to: string): string =>
    `    iifname { ${from} } oifname { ${to} } ip protocol ${carpProtocol} drop\n`;
  const [one, other] = [ports(true), ports(false)];
  await inSwitch(
    cluster,
    'add table bridge split\ndelete table bridge split\ntable bridge split {\n  chain forward {\n' +
      '    type filter hook forward priority 0; policy accept;\n' +
      `${drop(one, other)}${drop(other, one)}  }\n}\n`,
  );
}

export async function healSwitch(cluster: ClusterPlan): Promise<void> {
  await inSwitch(cluster, 'add table bridge split\ndelete table bridge split\n');
}

async function inSwitch(cluster: ClusterPlan, rules: string): Promise<void> {
  await runCommand('ip', ['netns', 'exec', cluster.switchNamespace, 'nft', '-f', '-'], rules);
}
