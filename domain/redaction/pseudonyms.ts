import { allEdges, type Cluster, type Edge, type Inventory } from '../inventory/inventory';
import { addressAt, type FoundAddress } from './address-texts';
import { otherFields, textRules, type TextRule } from './field-rules';
import { KnownNames } from './known-names';
import { isHarmless, leftOut, redactText } from './redact-text';

/** Addresses reserved for documentation (RFC 5737), then for benchmarks (RFC 2544). */
const addressNets = ['192.0.2', '198.51.100', '203.0.113'];
/** Heron's versions as semantic versions, without what a build may add. */
const versionText = /^\d{1,4}(\.\d{1,4}){0,3}(-(dev|alpha|beta|rc)(\.\d{1,4})?)?$/;
/** A day or a time of a schedule: a file keeps its times. */
const localDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;

/**
 * Replaces names: the same thing has the same pseudonym everywhere, which reveals nothing of its name. Clusters become
 * `cluster-1`, their edges `edge-1-2`, addresses those reserved for documentation.
 */
export class Pseudonyms {
  private readonly names = new KnownNames();
  private readonly addresses = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly others = new Map<string, number>();
  private readonly ids = new Map<string, string>();

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
      for (const edge of allEdges(inventory)) this.learnEdge(edge);
      for (const credential of inventory.credentials) {
        this.other('credential', credential.name);
        if (credential.version === '3') this.other('user', credential.user);
        for (const name of passwordNames(credential)) this.other('secret', name);
      }
    }
    for (const [id, pseudonym] of this.ids) this.learn(id, pseudonym);
  }

  private learnEdge(edge: Edge): void {
    this.learn(edge.name, this.id(edge.id));
    if (edge.subscription) this.other('subscription', edge.subscription);
    for (const host of [edge.snmp?.host, edge.tcp?.host]) if (host) this.host(host);
    if (edge.http?.url) this.url(edge.http.url);
  }

  /** The pseudonym of a cluster's or an edge's id. */
  id(id: string): string {
    if (id.startsWith('edge:')) return `edge:${this.id(id.slice(5))}`;
    return this.ids.get(id) ?? this.other('subject', id);
  }

  /** The pseudonym of a site, a host or a user. */
  other(kind: string, name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const number = (this.others.get(kind) ?? 0) + 1;
    this.others.set(kind, number);
    return this.learn(name, `${kind}-${number}`);
  }

  /** The pseudonym of an IPv4 address. */
  address(address: string): string {
    return this.four(addressAt(address, 0)?.key ?? address);
  }

  /** A sentence with every known name and every address in it replaced, and every unknown word left out. */
  text(text: string): string {
    return redactText(text, {
      nameAt: (whole, at) => this.names.at(whole, at),
      address: (found) => this.found(found),
    });
  }

  /** Any value of an event or a reason, by the rule of its field. A field without a rule is left out. */
  value(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item, key));
    if (typeof value === 'object' && value !== null) return this.fields(value as Record<string, unknown>);
    return typeof value === 'string' ? this.byRule(textRules[key] ?? 'text', value) : value;
  }

  /** An event, with the row numbers that it names as they are in the new file. */
  event(event: unknown, newIds: ReadonlyMap<number, number>): unknown {
    const made = this.value(event) as Record<string, unknown>;
    if (made['type'] !== 'note') return made;
    const { replaces, about } = made as { replaces: number | null; about: { incidentId?: number } };
    const incidentId = newIds.get(about.incidentId ?? 0);
    const { timeMs } = made;
    return {
      ...made,
      replaces: newIds.get(replaces ?? 0) ?? null,
      // The incident it is about is not in the file: it is at its time.
      ...(about.incidentId !== undefined && {
        about: incidentId ? { ...about, incidentId } : { kind: 'time', fromMs: timeMs, toMs: timeMs },
      }),
    };
  }

  /** Learns the names in an event: of clusters and edges that no inventory has, and of people. */
  learnFrom(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.learnFrom(item);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const values = value as Record<string, unknown>;
    for (const [key, item] of Object.entries(values)) {
      const rule = textRules[key];
      const id = values[key.replace(/Name$/, 'Id').replace(/^name$/, 'id')];
      if (typeof item === 'object') this.learnFrom(item);
      if (key === 'edgeNames' && Array.isArray(item))
        for (const name of item) this.other('former-edge', String(name));
      if (typeof item !== 'string') continue;
      if (rule === 'person') this.other('person', item);
      if (rule !== 'name' || this.names.get(item) !== undefined) continue;
      if (typeof id === 'string') this.learn(item, this.id(id));
      else this.other('former-edge', item);
    }
  }

  private fields(values: Record<string, unknown>): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(values)) {
      if (!Object.hasOwn(textRules, key) && !otherFields.has(key)) continue;
      // The id of the same cluster or edge says which pseudonym its name has.
      const id = /name$/i.test(key) ? values[key.replace(/Name$/, 'Id').replace(/^name$/, 'id')] : undefined;
      if (typeof value === 'string' && typeof id === 'string') made[key] = this.id(id);
      else if (key === 'words' && values['type'] === 'acknowledged') made[key] = leftOut;
      else made[key] = this.value(value, key);
    }
    return made;
  }

  private byRule(rule: TextRule, value: string): string {
    if (rule === 'id') return this.id(value);
    if (rule === 'name') return this.other('former-edge', value);
    if (rule === 'person') return this.other('person', value);
    if (rule === 'note') return leftOut;
    if (rule === 'version') return versionText.test(value) ? value : '0.0.0';
    if (rule === 'number') return /^[a-z-]{1,40}(?:-\d{1,16}){1,2}$/.test(value) ? value : 'other-0';
    if (rule === 'word') return isHarmless(value) || localDate.test(value) ? value : 'other';
    const text = this.text(value);
    return rule === 'agent' && text !== value ? '(left out)' : text;
  }

  private four(key: string): string {
    return this.numbered('ipv4', key, (number) => {
      const net = addressNets[Math.floor(number / 250)];
      const over = number - addressNets.length * 250;
      return net
        ? `${net}.${(number % 250) + 1}`
        : `198.${18 + Math.floor(over / 64_000)}.${Math.floor(over / 250) % 256}.${(over % 250) + 1}`;
    });
  }

  private found({ kind, key }: FoundAddress): string {
    if (kind === 'ipv4') return this.four(key);
    // An IPv4 address in an IPv6 one is the same address.
    if (kind === 'mapped') return `::ffff:${this.four(key)}`;
    if (kind === 'ipv6')
      return this.numbered('ipv6', key, (number) => `2001:db8::${(number + 1).toString(16)}`);
    return this.numbered('identifier', key, (number) => `identifier-${number + 1}`);
  }

  private numbered(kind: string, key: string, make: (number: number) => string): string {
    const known = this.addresses.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const number = this.counts.get(kind) ?? 0;
    this.counts.set(kind, number + 1);
    const made = make(number);
    this.addresses.set(`${kind} ${key}`, made);
    return made;
  }

  /** A host name's pseudonym, or that of the address that stands in its place. */
  private host(host: string): string {
    const address = addressAt(host, 0);
    if (address === null || address.length < host.replace(/%.*/, '').length) return this.other('host', host);
    return this.found(address);
  }

  /** A page of the same protocol on the same host; its path may be a name. */
  private url(url: string): string {
    const [, protocol = 'http', name = '', port = ''] =
      /^(https?):[/\\]*(\[[^\]]*\]|[^/\\:?#]*)(:\d{1,5})?/i.exec(url) ?? [];
    const host = this.host(name.replace(/^\[(.*)\]$/, '$1'));
    return `${protocol.toLowerCase()}://${host.includes(':') ? `[${host}]` : host}${port}/`;
  }

  inventory(inventory: Inventory): Inventory {
    return {
      credentials: inventory.credentials.map((credential) => {
        const name = this.other('credential', credential.name);
        if (credential.version === '2c') return { name, version: '2c', communityEnv: 'REDACTED' };
        const { auth, priv } = credential;
        return {
          name,
          version: '3',
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
    return {
      id: this.id(cluster.id),
      name: this.id(cluster.id),
      ...(cluster.site === undefined ? {} : { site: this.other('site', cluster.site) }),
      status: cluster.status,
      clusterIp: this.address(cluster.clusterIp),
      subnetMask: cluster.subnetMask,
      defaultGateway: this.address(cluster.defaultGateway),
      ipsecLocalTermination: cluster.ipsecLocalTermination,
      ...(cluster.edgeCapacityMegabitsPerSecond !== undefined && {
        edgeCapacityMegabitsPerSecond: cluster.edgeCapacityMegabitsPerSecond,
      }),
      ...(cluster.witness && { witness: cluster.witness }),
      ...(cluster.probe && { probe: probeWithoutPath(cluster.probe) }),
      edges: cluster.edges.map((edge) => this.edge(edge)),
    };
  }

  private edge(edge: Edge): Edge {
    const { lbIp, managementIp, defaultGateway, subscription, snmp, http, tcp } = edge;
    return {
      id: this.id(edge.id),
      clusterId: edge.clusterId === null ? null : this.id(edge.clusterId),
      name: this.id(edge.id),
      status: edge.status,
      deployment: edge.deployment,
      ...(edge.deploymentStatus && { deploymentStatus: edge.deploymentStatus }),
      proxyIp: this.address(edge.proxyIp),
      ...(lbIp && { lbIp: this.address(lbIp) }),
      ...(managementIp && { managementIp: this.address(managementIp) }),
      ...(edge.subnetMask && { subnetMask: edge.subnetMask }),
      ...(defaultGateway && { defaultGateway: this.address(defaultGateway) }),
      ...(subscription && { subscription: this.other('subscription', subscription) }),
      ...(edge.sku && { sku: edge.sku }),
      ...(snmp && {
        snmp: {
          ...(snmp.host !== undefined && { host: this.host(snmp.host) }),
          port: snmp.port,
          credential: this.other('credential', snmp.credential),
        },
      }),
      ...(http && { http: http.url === undefined ? {} : { url: this.url(http.url) } }),
      ...(tcp && {
        tcp: { ...(tcp.host !== undefined && { host: this.host(tcp.host) }), port: tcp.port },
      }),
    };
  }

  private learn(name: string, pseudonym: string): string {
    this.names.learn(name, pseudonym);
    return pseudonym;
  }
}

/** The names under which the passwords of a credential are stored. */
/** A path may name a customer; the vendor's default says nothing. */
function probeWithoutPath({ path: _path, ...probe }: NonNullable<Cluster['probe']>): Cluster['probe'] {
  return probe;
}

function passwordNames(credential: Inventory['credentials'][number]): string[] {
  const places =
    credential.version === '3'
      ? [credential.auth, credential.priv].map((one) => [one?.passwordEnv, one?.passwordSecret])
      : [[credential.communityEnv, credential.communitySecret]];
  return places.flat().filter((name) => name !== undefined);
}
