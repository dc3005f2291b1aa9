import type { Edge, Inventory } from '../../domain/inventory/inventory';
import { allEdges } from '../../domain/inventory/inventory';
import type { AddressResolver } from '../names/address-resolver';
import { RateLimit } from '../base/rate-limit';
import type { EngineNotion } from '../snmp/client/engine-clock';

/** An edge that polling knows by its engine, with that engine's clock. */
export interface PolledSender {
  edge: Edge;
  engine: EngineNotion;
}

interface Sender {
  edges: Edge[];
  /** Names of the credentials that a sender at this address may use. */
  credentials: Set<string>;
}

/** With more edges behind one address, the search for an unknown engine ID is limited in rate. */
const maxFreeSearch = 64;
const searchesPerSecond = 20;

/** Which edge sent a notification: by its source address, and by the engine that polling discovered at each edge. */
export class SenderRegistry {
  private byAddress = new Map<string, Sender>();
  private readonly byEngine = new Map<string, string[]>();
  private readonly searches = new RateLimit(searchesPerSecond, searchesPerSecond, 1);
  /** Credentials that no edge is polled with: they are for traps, and any edge may use them. */
  private readonly forTraps: string[];

  constructor(
    private readonly inventory: Inventory,
    private readonly engineOf: (edgeId: string) => EngineNotion | null,
    private readonly names: AddressResolver,
  ) {
    const polled = new Set(allEdges(inventory).map((edge) => edge.snmp?.credential));
    this.forTraps = inventory.credentials.map(({ name }) => name).filter((name) => !polled.has(name));
  }

  /** Rebuilds the list of addresses, host names by the addresses that are known now. */
  refresh(): void {
    const clusterIps = new Map(this.inventory.clusters.map((cluster) => [cluster.id, cluster.clusterIp]));
    const next = new Map<string, Sender>();
    const add = (address: string | null | undefined, edge: Edge): void => {
      if (!address) return;
      const at = next.get(address) ?? { edges: [], credentials: new Set(this.forTraps) };
      next.set(address, at);
      if (!at.edges.includes(edge)) at.edges.push(edge);
      if (edge.snmp) at.credentials.add(edge.snmp.credential);
    };
    for (const edge of allEdges(this.inventory)) {
      if (edge.status !== 'enabled') continue;
      const host = edge.snmp?.host;
      for (const address of host === undefined ? [] : (this.names.known(host).addresses ?? []))
        add(address, edge);
      for (const address of [edge.managementIp, edge.proxyIp, edge.lbIp]) add(address, edge);
      add(clusterIps.get(edge.clusterId ?? ''), edge);
    }
    this.byAddress = next;
  }

  knows(address: string): boolean {
    return this.byAddress.has(address);
  }

  /** Credentials a sender at this address may use: those its edges are polled with, and those for traps only. */
  credentialsAt(address: string): ReadonlySet<string> {
    return this.byAddress.get(address)?.credentials ?? new Set();
  }

  /** Credentials that an edge's notifications may use. */
  credentialsOf(edge: Edge): string[] {
    return edge.snmp ? [edge.snmp.credential, ...this.forTraps] : this.forTraps;
  }

  /** The edges at this address at which polling discovered this engine ID, each with its engine's clock; cloned edges share an ID. */
  withEngine(address: string, engineId: Buffer, monotonicMs: number): PolledSender[] {
    const at = this.byAddress.get(address);
    if (!at || engineId.length === 0) return [];
    if (at.edges.length <= maxFreeSearch) return this.matches(at.edges, engineId);
    const key = engineId.toString('hex');
    const knownIds = this.byEngine.get(key) ?? [];
    const known = at.edges.filter((edge) => knownIds.includes(edge.id));
    const again = this.matches(known, engineId);
    if (again.length > 0 || !this.searches.admits('', monotonicMs)) return again;
    const found = this.matches(at.edges, engineId);
    if (found.length > 0)
      this.byEngine.set(
        key,
        found.map(({ edge }) => edge.id),
      );
    return found;
  }

  /** The only edge with this address; null when there are several. */
  only(address: string): Edge | null {
    const edges = this.byAddress.get(address)?.edges ?? [];
    return edges.length === 1 ? (edges[0] ?? null) : null;
  }

  private matches(edges: readonly Edge[], engineId: Buffer): PolledSender[] {
    return edges.flatMap((edge) => {
      const engine = this.engineOf(edge.id);
      return engine?.engineId.equals(engineId) ? [{ edge, engine }] : [];
    });
  }
}
