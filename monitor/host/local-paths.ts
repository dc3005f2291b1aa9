import { isIP } from 'node:net';
import type { HostLink } from '../../domain/model/host';
import { every, type Clock } from '../base/clock';
import { countFault } from '../log/guard';
import type { HostNetwork, HostInterface } from './host-network';

/** An edge, and the host at which it is polled. */
export interface PolledHost {
  edgeId: string;
  host: string;
}

/** A local interface that leads to edges and is down, or came up again a moment ago. Wall times unless named monotonic. */
export interface Outage {
  interfaceName: string;
  /** When it was last seen up. */
  fromMs: number;
  foundMonotonicMs: number;
  /** When it was first seen up again; null while it is down. */
  upMonotonicMs: number | null;
  edgeIds: Set<string>;
}

interface Path {
  interfaceName: string;
  family: 4 | 6;
  address: string;
  changed: HostLink['changed'];
}

const checkEveryMs = 1_000;
/** A failed poll causes a check at once, but thousands of failed polls cause only one. */
const checkAtMostEveryMs = 200;
const routeEveryMs = 60_000;
/** After an interface came up, ARP and the switches have to learn it before a silence means anything. */
const settleMs = 2_000;
/** An interface that is up for this long without an answer no longer explains the silence. */
const patienceMs = 10_000;
const routedAtOnce = 32;

/**
 * Which of this computer's interfaces leads to which edges, and which of them are down. The route is looked up for each polled /24
 * while its interface is up, and retained while it is down, when the system has no route or a wrong one.
 */
export class LocalPaths {
  readonly #network: HostNetwork;
  readonly #clock: Clock;
  readonly #onEnd: (outage: Outage, atMs: number) => void;
  readonly #hostsByNet = new Map<string, PolledHost[]>();
  readonly #netByEdge = new Map<string, string>();
  readonly #paths = new Map<string, Path>();
  readonly #outages = new Map<string, Outage>();
  readonly #cancel: (() => void)[];
  #lastCheck: { atMs: number; atMonotonicMs: number };

  constructor(
    network: HostNetwork,
    clock: Clock,
    hosts: readonly PolledHost[],
    onEnd: (outage: Outage, atMs: number) => void,
  ) {
    this.#network = network;
    this.#clock = clock;
    this.#onEnd = onEnd;
    this.#lastCheck = { atMs: clock.nowMs(), atMonotonicMs: clock.monotonicMs() };
    this.retarget(hosts);
    this.#cancel = [
      every(clock, checkEveryMs, () => this.#check()),
      every(clock, routeEveryMs, () => void this.#findRoutes()),
    ];
  }

  /** Polls other edges from now on. */
  retarget(hosts: readonly PolledHost[]): void {
    this.#hostsByNet.clear();
    this.#netByEdge.clear();
    for (const one of hosts) {
      const net = netOf(one.host);
      this.#netByEdge.set(one.edgeId, net);
      const others = this.#hostsByNet.get(net);
      if (others) others.push(one);
      else this.#hostsByNet.set(net, [one]);
    }
    for (const net of this.#paths.keys()) if (!this.#hostsByNet.has(net)) this.#paths.delete(net);
    for (const { edgeIds } of this.#outages.values())
      for (const id of edgeIds) if (!this.#netByEdge.has(id)) edgeIds.delete(id);
    void this.#findRoutes();
  }

  /** The interfaces that are down, or up again without an answer yet. */
  outages(): Outage[] {
    return [...this.#outages.values()];
  }

  /** The interfaces that lead to edges. */
  links(): HostLink[] {
    const links = new Map<string, HostLink>();
    for (const { interfaceName: name, address, changed } of this.#paths.values()) {
      links.set(`${name} ${address}`, { name, address, changed });
    }
    return [...links.values()];
  }

  /** The interface that explains why a poll started at `startedMonotonicMs` failed; null: none does. */
  explaining(edgeId: string, startedMonotonicMs: number): string | null {
    if (this.#clock.monotonicMs() - this.#lastCheck.atMonotonicMs >= checkAtMostEveryMs) this.#check();
    for (const { interfaceName, upMonotonicMs, edgeIds } of this.#outages.values()) {
      if (!edgeIds.has(edgeId)) continue;
      if (upMonotonicMs === null || startedMonotonicMs <= upMonotonicMs + settleMs) return interfaceName;
    }
    return null;
  }

  /** An edge answered a poll, so there is a route to it. */
  answered(edgeId: string, startedMonotonicMs: number, finishedAtMs: number): void {
    const known = [...this.#outages.values()].filter(
      (one) => one.edgeIds.has(edgeId) && startedMonotonicMs >= one.foundMonotonicMs,
    );
    // It may have come up since the last check.
    if (known.some(({ upMonotonicMs }) => upMonotonicMs === null)) this.#check();
    for (const outage of known) {
      if (outage.upMonotonicMs !== null) this.#end(outage, finishedAtMs);
      else this.#rerouted(outage, edgeId, finishedAtMs);
    }
  }

  stop(): void {
    for (const cancel of this.#cancel) cancel();
    for (const outage of this.#outages.values()) this.#end(outage, this.#clock.nowMs());
  }

  #check(): void {
    const up = this.#network.interfaces();
    const atMs = this.#clock.nowMs();
    const atMonotonicMs = this.#clock.monotonicMs();
    if (up === null) return;
    const lost = new Map<string, string[]>();
    for (const [net, path] of this.#paths) {
      if (isUp(up, path)) {
        noteAddress(path, up, atMs);
        continue;
      }
      lost.set(path.interfaceName, [...(lost.get(path.interfaceName) ?? []), net]);
    }
    for (const [interfaceName, nets] of lost) {
      const known = this.#outages.get(interfaceName);
      if (known) known.upMonotonicMs = null;
      else this.#begin(interfaceName, nets, atMonotonicMs);
    }
    for (const outage of this.#outages.values()) {
      if (lost.has(outage.interfaceName)) continue;
      outage.upMonotonicMs ??= atMonotonicMs;
      if (atMonotonicMs - outage.upMonotonicMs >= patienceMs) this.#end(outage, atMs);
    }
    this.#lastCheck = { atMs, atMonotonicMs };
  }

  #begin(interfaceName: string, nets: readonly string[], foundMonotonicMs: number): void {
    const edgeIds = nets.flatMap((net) => (this.#hostsByNet.get(net) ?? []).map(({ edgeId }) => edgeId));
    this.#outages.set(interfaceName, {
      interfaceName,
      fromMs: this.#lastCheck.atMs,
      foundMonotonicMs,
      upMonotonicMs: null,
      edgeIds: new Set(edgeIds),
    });
  }

  /** Its interface is down and it answers: the system has found another route. */
  #rerouted(outage: Outage, edgeId: string, atMs: number): void {
    const net = this.#netByEdge.get(edgeId) ?? '';
    const reached = (this.#hostsByNet.get(net) ?? []).map((host) => host.edgeId);
    for (const id of reached) outage.edgeIds.delete(id);
    if (outage.edgeIds.size === 0) this.#outages.delete(outage.interfaceName);
    this.#onEnd({ ...outage, edgeIds: new Set(reached) }, atMs);
    this.#paths.delete(net);
    void this.#findRoute(net);
  }

  #end(outage: Outage, atMs: number): void {
    this.#outages.delete(outage.interfaceName);
    this.#onEnd(outage, atMs);
  }

  async #findRoutes(): Promise<void> {
    const nets = [...this.#hostsByNet.keys()];
    try {
      for (let at = 0; at < nets.length; at += routedAtOnce)
        await Promise.all(nets.slice(at, at + routedAtOnce).map((net) => this.#findRoute(net)));
    } catch (fault) {
      countFault('the search for routes', fault);
    }
  }

  async #findRoute(net: string): Promise<void> {
    const [first] = this.#hostsByNet.get(net) ?? [];
    if (!first) return;
    const address = await this.#network.sourceAddress(first.host);
    const up = this.#network.interfaces();
    const known = this.#paths.get(net);
    if (address === null || up === null || (known && !isUp(up, known))) return;
    const found = up.find(({ addresses }) => addresses.includes(address));
    if (!found) return;
    const isSame = known?.interfaceName === found.name;
    const before =
      isSame && known.address !== address ? { from: known.address, atMs: this.#clock.nowMs() } : null;
    const changed = before ?? (isSame ? known.changed : null);
    const family = isIP(address) === 6 ? 6 : 4;
    this.#paths.set(net, { interfaceName: found.name, family, address, changed });
  }
}

/** The part of an address whose hosts share one route: a /24. Each IPv6 address or name has its own. */
function netOf(host: string): string {
  return isIP(host) === 4 ? host.slice(0, host.lastIndexOf('.')) : host;
}

/** An interface without an address of the route's family leads nowhere. */
function isUp(up: readonly HostInterface[], { interfaceName, family }: Path): boolean {
  const found = up.find(({ name }) => name === interfaceName);
  return found?.addresses.some((address) => isIP(address) === family) ?? false;
}

/** Takes down a change of the interface's own address. */
function noteAddress(path: Path, up: readonly HostInterface[], atMs: number): void {
  const own = up.find(({ name }) => name === path.interfaceName)?.addresses ?? [];
  if (own.includes(path.address)) return;
  const next = own.find((address) => isIP(address) === path.family);
  if (next === undefined) return;
  path.changed = { from: path.address, atMs };
  path.address = next;
}
