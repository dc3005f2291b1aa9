import { CarpElection, type RoleChange } from '../carp/election';
import { carpInterfaceUp, lbLinked, proxyServing, type EdgeConditions } from '../faults/conditions';
import { randomFor } from '../random/seed';
import { ClusterTraffic } from '../traffic/cluster-traffic';
import { UserLoad } from '../traffic/load';
import { DemoEdge } from './demo-edge';
import type { ClusterPlan } from './plan';

/** Transit time of an advertisement over the VLAN, milliseconds. */
const advertisementLatencyMs = 1;
/** How long the election runs before the demo begins, so that roles are settled. */
const settleMs = 10_000;
/** Processor use at the base load. */
const usedAtBase = 0.35;
export const advbase = 1;

/** One cluster: its edges, its CARP group and its traffic, advanced together. Nothing happens between two calls. */
export class DemoCluster {
  readonly edges: readonly DemoEdge[];
  private readonly election: CarpElection;
  private readonly traffic: ClusterTraffic;
  private readonly indexOf: Map<string, number>;
  private nowMs: number;
  private settled = false;
  private holder: string | undefined;

  constructor(
    readonly plan: ClusterPlan,
    seed: number,
    startMs: number,
    passes: (from: string, to: string) => boolean,
    private readonly roleChanged: (change: RoleChange, masters: string[]) => void,
  ) {
    this.nowMs = startMs - settleMs;
    const names = plan.edges.map((edge) => edge.name);
    this.indexOf = new Map(names.map((name, index) => [name, index]));
    const load = new UserLoad(
      plan.baseBitsPerSecond,
      plan.site.utcOffsetHours,
      randomFor(seed, `load/${plan.name}`),
    );
    this.traffic = new ClusterTraffic(seed, names, load, plan.standalone, this.nowMs);
    this.election = new CarpElection(
      {
        members: plan.edges.map(({ name, lbIp, advskew }) => ({
          name,
          address: lbIp ?? '0.0.0.0',
          advbase,
          advskew,
        })),
        preempt: true,
        latencyMs: advertisementLatencyMs,
        startMs: this.nowMs,
      },
      {
        roleChanged: (change) => this.onRoleChange(change),
        advertised: (from, receivers) =>
          this.traffic.countAdvertisement(
            this.index(from),
            receivers.map((name) => this.index(name)),
          ),
      },
    );
    const fullBitsPerSecond = plan.baseBitsPerSecond / plan.edges.length / usedAtBase;
    this.edges = plan.edges.map((edge, index) => {
      const counters = this.traffic.countersOf(index);
      const bitsPerSecond = (nowMs: number): number => this.traffic.requestBitsPerSecond(index, nowMs);
      const role = () => (plan.standalone ? undefined : this.election.role(edge.name));
      return new DemoEdge(edge, seed, counters, { bitsPerSecond, fullBitsPerSecond }, role, startMs);
    });
    this.edges.forEach((edge, index) => this.start(edge, index));
    this.election.setPasses(passes, this.nowMs);
    this.advanceTo(startMs);
    this.settled = true;
  }

  /** Processes everything due until a time. */
  advanceTo(toMs: number): void {
    if (toMs <= this.nowMs) return;
    this.nowMs = toMs;
    this.election.advanceTo(toMs);
    this.traffic.countTo(toMs);
  }

  /** Who holds MASTER now: none, one, or more in a split. */
  masters(): string[] {
    return this.election.masters();
  }

  /** Applies new conditions to an edge from a time on: boots it, starts or stops its CARP, updates the traffic. */
  apply(name: string, conditions: EdgeConditions, atMs: number): void {
    this.advanceTo(atMs);
    const index = this.index(name);
    const edge = this.edges[index];
    if (!edge) return;
    const before = edge.conditions;
    if (lbLinked(before) !== lbLinked(conditions) || before.lbAdminUp !== conditions.lbAdminUp)
      edge.linkChangedAtMs = atMs;
    edge.conditions = conditions;
    if (!before.powered && conditions.powered) {
      edge.boot(atMs);
      this.traffic.resetEdge(index, atMs);
    }
    this.tellTraffic(edge, index, atMs);
    if (this.plan.standalone) return;
    this.election.setDemotion(name, conditions.demotion, atMs);
    this.election.setInterfaceUp(name, carpInterfaceUp(conditions), atMs);
  }

  private start(edge: DemoEdge, index: number): void {
    this.traffic.preload(index, edge.plan.uptimeMs);
    this.tellTraffic(edge, index, this.nowMs);
    if (!this.plan.standalone) this.election.setInterfaceUp(edge.plan.name, true, this.nowMs);
  }

  private tellTraffic(edge: DemoEdge, index: number, atMs: number): void {
    const { conditions } = edge;
    const state = {
      powered: conditions.powered,
      serving: proxyServing(conditions),
      lbInterfaceUp: conditions.powered && conditions.lbAdminUp && lbLinked(conditions),
      weight: conditions.weight,
    };
    this.traffic.setEdge(index, state, atMs);
  }

  /** The last to become MASTER announces the cluster IP by ARP and receives the users; after it, another master may. */
  private onRoleChange(change: RoleChange): void {
    const masters = this.election.masters();
    if (change.to === 'master') this.holder = change.name;
    else if (this.holder === change.name) this.holder = masters[0];
    this.traffic.setHolder(this.holder === undefined ? undefined : this.index(this.holder), change.atMs);
    if (this.settled) this.roleChanged(change, masters);
  }

  private index(name: string): number {
    const index = this.indexOf.get(name);
    if (index === undefined) throw new Error(`No edge "${name}" in cluster ${this.plan.name}`);
    return index;
  }
}
