import { randomFor } from '../random/seed';
import { InterfaceCounters } from './counters';
import type { UserLoad } from './load';

/** How unevenly the LB's hash spreads users over edges: plus or minus this share. */
const hashImbalance = 0.04;
/** How often the distribution changes, as users come and go. */
const hashEpochMs = 15_000;
/** Response octets per request octet. */
const responsePerRequest = 9;
const requestPacketOctets = 180;
const responsePacketOctets = 1_050;
const smallPacketOctets = 120;
/** ARP and other broadcast that every LB interface receives. */
const broadcastOctetsPerSecond = 40;
const managementInOctetsPerSecond = 900;
const managementOutOctetsPerSecond = 2_400;
/** A CARP advertisement on the wire: Ethernet, IPv4 and CARP header (14 + 20 + 36). */
const advertisementOctets = 70;

/** An edge's state as far as traffic depends on it. */
export interface EdgeTrafficState {
  /** The edge runs: its management interface has traffic. */
  powered: boolean;
  /** The proxy serves: the LB sends users there. */
  serving: boolean;
  /** The LB interface has a link and is not switched off. */
  lbInterfaceUp: boolean;
  /** 1 for an even share; an imbalance makes it larger. */
  weight: number;
}

/** One edge's counters. */
export interface EdgeCounters {
  management: InterfaceCounters;
  proxy: InterfaceCounters;
  loadBalancer: InterfaceCounters;
}

/**
 * A cluster's traffic under direct server return: every request arrives on the active LB's LB interface and leaves it again for the
 * proxy chosen by the hash (the LB's own proxy gets its share inside the machine); responses leave on the proxies'
 * interfaces and bypass the LB. Without an active LB nothing moves. A standalone edge is its own LB.
 */
export class ClusterTraffic {
  private readonly counters: readonly EdgeCounters[];
  private readonly states: EdgeTrafficState[];
  private holder: number | undefined;
  private countedToMs: number;
  private shares: number[];
  private sharesEpoch = -1;

  constructor(
    private readonly seed: number,
    private readonly edgeNames: readonly string[],
    private readonly load: UserLoad,
    private readonly standalone: boolean,
    startMs: number,
  ) {
    this.counters = edgeNames.map(() => ({
      management: new InterfaceCounters(),
      proxy: new InterfaceCounters(),
      loadBalancer: new InterfaceCounters(),
    }));
    this.states = edgeNames.map(() => ({ powered: false, serving: false, lbInterfaceUp: false, weight: 1 }));
    this.shares = edgeNames.map(() => 0);
    this.countedToMs = startMs;
  }

  /** An edge's counters; they hold until the time last counted to. */
  countersOf(index: number): EdgeCounters {
    const counters = this.counters[index];
    if (!counters) throw new Error(`No edge ${String(index)} in this cluster`);
    return counters;
  }

  /** An edge's counters when the demo begins, as if it had always had an even share of the base load. */
  preload(index: number, uptimeMs: number): void {
    const { proxy, management, loadBalancer } = this.countersOf(index);
    const seconds = uptimeMs / 1000;
    const share = (this.load.baseBitsPerSecond / 8 / this.edgeNames.length) * seconds;
    proxy.receive(share, requestPacketOctets);
    proxy.send(share * responsePerRequest, responsePacketOctets);
    management.receive(managementInOctetsPerSecond * seconds, smallPacketOctets);
    management.send(managementOutOctetsPerSecond * seconds, smallPacketOctets);
    loadBalancer.receive(broadcastOctetsPerSecond * seconds, smallPacketOctets);
  }

  /** Sets who receives the users' packets from `atMs` on: the index of the edge whose LB took the cluster IP last. */
  setHolder(index: number | undefined, atMs: number): void {
    this.countTo(atMs);
    this.holder = index;
  }

  /** An edge's state from `atMs` on. */
  setEdge(index: number, state: EdgeTrafficState, atMs: number): void {
    this.countTo(atMs);
    this.states[index] = state;
    this.sharesEpoch = -1;
  }

  /** A restart: the edge's counters begin at zero. */
  resetEdge(index: number, atMs: number): void {
    this.countTo(atMs);
    const counters = this.countersOf(index);
    counters.management.reset();
    counters.proxy.reset();
    counters.loadBalancer.reset();
  }

  /** Counts one CARP advertisement where it left and where it arrived. */
  countAdvertisement(from: number, receivers: readonly number[]): void {
    this.counters[from]?.loadBalancer.send(advertisementOctets, advertisementOctets);
    for (const to of receivers) {
      this.counters[to]?.loadBalancer.receive(advertisementOctets, advertisementOctets);
    }
  }

  /** Bits per second of requests an edge serves at a time; 0 when nothing reaches it. */
  requestBitsPerSecond(index: number, atMs: number): number {
    this.countTo(atMs);
    if (!this.reachable()) return 0;
    this.drawShares(Math.floor(atMs / hashEpochMs));
    return this.load.bitsPerSecondAt(atMs) * (this.shares[index] ?? 0);
  }

  /** Counts everything up to a time. Earlier times than the last are ignored. */
  countTo(toMs: number): void {
    while (this.countedToMs < toMs) {
      const epoch = Math.floor(this.countedToMs / hashEpochMs);
      const untilMs = Math.min(toMs, (epoch + 1) * hashEpochMs);
      this.drawShares(epoch);
      this.countSegment(this.countedToMs, untilMs);
      this.countedToMs = untilMs;
    }
  }

  private reachable(): boolean {
    return this.standalone || (this.holder !== undefined && this.states[this.holder]?.powered === true);
  }

  private countSegment(fromMs: number, toMs: number): void {
    const seconds = (toMs - fromMs) / 1000;
    const requests = this.reachable() ? this.load.octetsBetween(fromMs, toMs) : 0;
    let forwarded = 0;
    this.counters.forEach((counters, index) => {
      const state = this.states[index];
      if (!state?.powered) return;
      counters.management.receive(managementInOctetsPerSecond * seconds, smallPacketOctets);
      counters.management.send(managementOutOctetsPerSecond * seconds, smallPacketOctets);
      if (state.lbInterfaceUp)
        counters.loadBalancer.receive(broadcastOctetsPerSecond * seconds, smallPacketOctets);
      const share = requests * (this.shares[index] ?? 0);
      counters.proxy.receive(share, requestPacketOctets);
      counters.proxy.send(share * responsePerRequest, responsePacketOctets);
      if (index !== this.holder) forwarded += share;
    });
    if (this.holder === undefined) return;
    this.counters[this.holder]?.loadBalancer.receive(requests, requestPacketOctets);
    this.counters[this.holder]?.loadBalancer.send(forwarded, requestPacketOctets);
  }

  /** The distribution in an epoch: seeded by time, so that it does not depend on when it is read. */
  private drawShares(epoch: number): void {
    if (epoch === this.sharesEpoch) return;
    this.sharesEpoch = epoch;
    const weights = this.states.map((state, index) => {
      if (!state.serving) return 0;
      const luck = randomFor(this.seed, `${this.edgeNames[index] ?? ''}/${String(epoch)}`)();
      return state.weight * (1 + hashImbalance * (2 * luck - 1));
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    this.shares = weights.map((weight) => (sum > 0 ? weight / sum : 0));
  }
}
