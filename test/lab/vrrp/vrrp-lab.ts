import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killAllIn } from '../processes';
import { ipBatch, runCommand, tryCommand } from '../system-command';
import { labUser, notifyScript, type VrrpInstance } from './vrrp-config';
import { VrrpNode } from './vrrp-node';

/** A line of the truth: what keepalived itself did. */
export interface VrrpTruth {
  timeMs: number;
  node: string;
  instance: string;
  state: string;
}

export const clusterGroup: VrrpInstance = {
  name: 'VI_1',
  vhid: 51,
  virtualIp: '10.99.0.100',
  priorities: [150, 100, 50],
};
const prefix = 'heron-vrrp-';

/**
 * Three nodes with Debian's keepalived and snmpd, each in a network namespace: their `lb` interfaces on one bridge, their management
 * on another, where `poller` is the namespace to run Heron in. Nothing of it touches the machine's own network.
 */
export class VrrpLab {
  readonly nodes: VrrpNode[];
  readonly poller: string;
  readonly #switch: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), prefix));

  constructor(count = 3) {
    const names = `${prefix}${process.pid}`;
    this.poller = `${names}-poller`;
    this.#switch = `${names}-switch`;
    const notify = path.join(this.#folder, 'notify.sh');
    writeFileSync(notify, notifyScript(this.#truthFile));
    chmodSync(notify, 0o755);
    this.nodes = Array.from({ length: count }, (_, at) => {
      const number = at + 1;
      const plan = {
        ...{ number, name: `lb-${number}`, namespace: `${names}-${number}` },
        folder: path.join(this.#folder, `lb-${number}`),
        ...{ lbIp: `10.99.0.${10 + number}`, managementIp: `10.98.0.${10 + number}` },
      };
      return new VrrpNode(plan, notify);
    });
  }

  get environment(): Record<string, string> {
    return { HERON_VRRP_AUTH: labUser.auth, HERON_VRRP_PRIV: labUser.priv };
  }

  /** Makes the network and starts every agent; no keepalived yet. */
  async up(): Promise<void> {
    await removeStale();
    const all = [this.#switch, this.poller, ...this.nodes.map(({ plan }) => plan.namespace)];
    await runCommand('ip', ['-batch', '-'], all.map((name) => `netns add ${name}\n`).join(''));
    const bridges = ['lb', 'mgmt'].flatMap((name) => [
      `link add br-${name} type bridge forward_delay 0 mcast_snooping 0`,
      `link set br-${name} up`,
    ]);
    const cables = this.nodes.flatMap(({ plan }) =>
      ['lb', 'mgmt'].flatMap((name) => cable(`${name}${plan.number}`, name, plan.namespace, `br-${name}`)),
    );
    await ipBatch(this.#switch, [
      'link set lo up',
      ...bridges,
      ...cables,
      ...cable('poll', 'poll', this.poller, 'br-mgmt'),
    ]);
    await ipBatch(this.poller, ['link set lo up', 'address add 10.98.0.1/24 dev poll', 'link set poll up']);
    for (const { plan } of this.nodes) {
      await ipBatch(plan.namespace, [
        'link set lo up',
        `address add ${plan.lbIp}/24 dev lb`,
        `address add ${plan.managementIp}/24 dev mgmt`,
        'link set lb up',
        'link set mgmt up',
      ]);
    }
    for (const node of this.nodes) node.startSnmpd();
  }

  node(number: number): VrrpNode {
    const node = this.nodes[number - 1];
    if (!node) throw new Error(`the lab has no node ${number}`);
    return node;
  }

  /** Pulls or plugs the cable of a node's LB interface at the switch. */
  async setCable(number: number, isPlugged: boolean): Promise<void> {
    await ipBatch(this.#switch, [`link set lb${number} ${isPlugged ? 'up' : 'down'}`]);
  }

  /** Takes a node's port off the bridge: its carrier stays, and nothing passes. */
  async setIsolated(number: number, isIsolated: boolean): Promise<void> {
    await ipBatch(this.#switch, [`link set lb${number} ${isIsolated ? 'nomaster' : 'master br-lb'}`]);
  }

  /** What keepalived did in one instance, in order. */
  truth(instance = clusterGroup.name): VrrpTruth[] {
    if (!existsSync(this.#truthFile)) return [];
    const lines = readFileSync(this.#truthFile, 'utf8').split('\n').slice(0, -1);
    return lines
      .map((line) => JSON.parse(line) as VrrpTruth)
      .filter((line) => line.instance === instance)
      .sort((a, b) => a.timeMs - b.timeMs);
  }

  /** An inventory of the cluster, with these fields of it besides. */
  inventoryFile(more: object = {}): string {
    const file = path.join(this.#folder, 'inventory.json');
    const password = (protocol: string, passwordEnv: string) => ({ protocol, passwordEnv });
    const inventory = {
      credentials: [
        {
          ...{ name: 'noc', version: '3', user: labUser.name },
          ...{ auth: password('sha1', 'HERON_VRRP_AUTH'), priv: password('aes128', 'HERON_VRRP_PRIV') },
        },
      ],
      clusters: [
        {
          ...{
            name: 'vrrp',
            clusterIp: clusterGroup.virtualIp,
            subnetMask: '255.255.255.0',
            defaultGateway: '10.99.0.1',
          },
          ...more,
          edges: this.nodes.map(({ plan: { name, lbIp, managementIp } }) => ({
            ...{ name, proxyIp: lbIp, lbIp, managementIp, subscription: name, snmp: { credential: 'noc' } },
          })),
        },
      ],
    };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(inventory));
    return file;
  }

  async down(): Promise<void> {
    for (const name of [...this.nodes.map(({ plan }) => plan.namespace), this.poller, this.#switch])
      await removeNamespace(name);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #truthFile(): string {
    return path.join(this.#folder, 'truth.jsonl');
  }
}

function cable(port: string, peer: string, namespace: string, bridge: string): string[] {
  return [
    `link add ${port} type veth peer name ${peer} netns ${namespace}`,
    `link set ${port} master ${bridge}`,
    `link set ${port} up`,
  ];
}

async function removeNamespace(name: string): Promise<void> {
  await killAllIn(name);
  await tryCommand('ip', ['netns', 'delete', name]);
}

/** Removes the namespaces of labs whose process has ended without doing so. */
async function removeStale(): Promise<void> {
  const { stdout } = await tryCommand('ip', ['netns', 'list']);
  for (const line of stdout.split('\n')) {
    const [name = ''] = line.split(' ');
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0;
    if (pid > 0 && !existsSync(`/proc/${pid}`)) await removeNamespace(name);
  }
}
