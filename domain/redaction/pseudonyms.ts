import { allEdges, type Cluster, type Edge, type Inventory } from '../inventory/inventory';

/** Addresses reserved for documentation (RFC 5737), then for benchmarks (RFC 2544). */
const addressNets = ['192.0.2', '198.51.100', '203.0.113'];
const ipv4 = /(?<!\d|\d\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
const ipv6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]*[0-9a-f](?![\w:])/gi;
/** Words that Heron writes itself, which are not names. */
const kept = new Set(
  [
    'type',
    'kind',
    'from',
    'to',
    'state',
    'code',
    'role',
    'witness',
    'oldRoleAfter',
    'status',
    'deployment',
  ].concat(['deploymentStatus', 'sku', 'protocol', 'version', 'subnetMask']),
);
const harmlessAnswer = /^[A-Za-z0-9 ,:=-]{0,40}$/;

/**
 * Replaces names: the same thing has the same pseudonym everywhere, which reveals nothing of its name. Clusters become
 * `cluster-1`, their edges `edge-1-2`, addresses those reserved for documentation.
 */
export class Pseudonyms {
  private readonly byName = new Map<string, string>();
  private readonly addresses = new Map<string, string>();
  private readonly others = new Map<string, number>();
  private readonly ids = new Map<string, string>();
  private pattern: RegExp | null = null;

  constructor(inventories: readonly Inventory[]) {
    const clusters = [
      ...new Map(inventories.flatMap((one) => one.clusters).map((one) => [one.id, one])).values(),
    ];
    for (const [index, { id }] of clusters.entries()) this.ids.set(id, `cluster-${index + 1}`);
    const places = new Map<string, number>();
    for (const edge of inventories.flatMap(allEdges)) {
      if (this.ids.has(edge.id) && edge.clusterId !== edge.id) continue;
      const of = clusters.findIndex(({ id }) => id === edge.clusterId) + 1;
      const place = (places.get(String(of)) ?? 0) + 1;
      places.set(String(of), place);
      this.ids.set(edge.id, of === 0 ? `standalone-${place}` : `edge-${of}-${place}`);
    }
    for (const inventory of inventories) {
      for (const cluster of inventory.clusters) {
        this.learn(cluster.name, this.id(cluster.id));
        if (cluster.site) this.other('site', cluster.site);
      }
      for (const edge of allEdges(inventory)) this.learn(edge.name, this.id(edge.id));
    }
    for (const [id, pseudonym] of this.ids) this.learn(id, pseudonym);
  }

  /** The pseudonym of a cluster's or an edge's id. */
  id(id: string): string {
    if (id.startsWith('edge:')) return `edge:${this.id(id.slice(5))}`;
    return this.ids.get(id) ?? this.other('subject', id);
  }

  /** The pseudonym of a site, a host or a user. */
  other(kind: string, name: string): string {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const number = (this.others.get(kind) ?? 0) + 1;
    this.others.set(kind, number);
    return this.learn(name, `${kind}-${number}`);
  }

  address(address: string): string {
    const known = this.addresses.get(address);
    if (known !== undefined) return known;
    const number = this.addresses.size;
    const net = addressNets[Math.floor(number / 250)];
    const over = number - addressNets.length * 250;
    const made = net
      ? `${net}.${(number % 250) + 1}`
      : `198.${18 + Math.floor(over / 64_000)}.${Math.floor(over / 250) % 256}.${(over % 250) + 1}`;
    this.addresses.set(address, made);
    return made;
  }

  /** A sentence with every known name and every address in it replaced. */
  text(text: string): string {
    if (this.pattern === null) {
      const names = [...this.byName.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
      this.pattern = names.length > 0 ? new RegExp(names.map(quoted).join('|'), 'gi') : /(?!)/g;
      for (const name of names) this.byName.set(name.toLowerCase(), this.byName.get(name) ?? name);
    }
    // Addresses first, because a name may look like a part of one. Replacements are not replaced again.
    return text
      .split(ipv4)
      .map((part) =>
        part
          .split(ipv6)
          .map((words) => this.names(words))
          .join('(address)'),
      )
      .reduce((joined, part, index) => {
        const address = (text.match(ipv4) ?? [])[index - 1];
        return index === 0 ? part : `${joined}${this.address(address ?? '')}${part}`;
      }, '');
  }

  /** Any value of an event or a reason: ids and names by their pseudonyms, other texts as sentences. */
  value(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.value(item, name)]));
    if (typeof value !== 'string' || kept.has(key) || (key === 'reason' && /^[a-z-]+$/.test(value)))
      return value;
    if (key === 'said' && !harmlessAnswer.test(value)) return '(left out)';
    if (/^(clusterId|edgeId|fromEdgeId|toEdgeId|id)$/.test(key)) return this.id(value);
    return this.text(value);
  }

  inventory(inventory: Inventory): Inventory {
    return {
      credentials: inventory.credentials.map((credential) => {
        const name = this.other('credential', credential.name);
        if (credential.version === '2c') return { name, version: '2c', communityEnv: 'REDACTED' };
        const { auth, priv, ...v3 } = credential;
        return {
          ...v3,
          name,
          user: this.other('user', credential.user),
          ...(auth && { auth: { protocol: auth.protocol, passwordEnv: 'REDACTED' } }),
          ...(priv && { priv: { protocol: priv.protocol, passwordEnv: 'REDACTED' } }),
        };
      }),
      clusters: inventory.clusters.map((cluster) => this.cluster(cluster)),
      standaloneEdges: inventory.standaloneEdges.map((edge) => this.edge(edge)),
    };
  }

  private cluster(cluster: Cluster): Cluster {
    const { site, ...rest } = cluster;
    return {
      ...rest,
      id: this.id(cluster.id),
      name: this.id(cluster.id),
      clusterIp: this.address(cluster.clusterIp),
      defaultGateway: this.address(cluster.defaultGateway),
      ...(site === undefined ? {} : { site: this.other('site', site) }),
      edges: cluster.edges.map((edge) => this.edge(edge)),
    };
  }

  private edge(edge: Edge): Edge {
    const { lbIp, managementIp, defaultGateway, subscription, snmp, http: _http, tcp, ...rest } = edge;
    return {
      ...rest,
      id: this.id(edge.id),
      clusterId: edge.clusterId === null ? null : this.id(edge.clusterId),
      name: this.id(edge.id),
      proxyIp: this.address(edge.proxyIp),
      ...(lbIp && { lbIp: this.address(lbIp) }),
      ...(managementIp && { managementIp: this.address(managementIp) }),
      ...(defaultGateway && { defaultGateway: this.address(defaultGateway) }),
      ...(subscription && { subscription: this.other('subscription', subscription) }),
      ...(snmp && { snmp: { port: snmp.port, credential: this.other('credential', snmp.credential) } }),
      ...(tcp && { tcp: { port: tcp.port } }),
    };
  }

  private names(text: string): string {
    return text.replaceAll(
      this.pattern ?? /(?!)/g,
      (name) => this.byName.get(name) ?? this.byName.get(name.toLowerCase()) ?? '(name)',
    );
  }

  private learn(name: string, pseudonym: string): string {
    this.byName.set(name, pseudonym);
    this.pattern = null;
    return pseudonym;
  }
}

function quoted(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
