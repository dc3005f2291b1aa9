import { makeFault, type Fault, type FaultRequest } from '../faults/fault';
import { FaultRegistry } from '../faults/fault-registry';
import { DemoCluster } from './demo-cluster';
import { planFleet, type ClusterPlan } from './plan';
import { TruthLog, type TruthEntry } from './truth';

/** A fault that cannot be caused as requested; the message says why and what to do. */
export class FaultRefused extends Error {}

export interface FleetSettings {
  seed: number;
  /** 1..200; one standalone edge comes with them. */
  clusters: number;
  startMs: number;
  onTruth(entry: TruthEntry): void;
  /** How many true events stay in memory; 50,000 by default. */
  mostTruths?: number;
  /** Another plan of a cluster, by its place in the fleet. */
  changePlan?: (plan: ClusterPlan, place: number) => ClusterPlan;
}

/**
 * The whole demo without its sockets: clusters, faults and the truth. Time is an argument: `advanceTo` processes everything that was
 * due, each event at its exact time, however late it is called.
 */
export class DemoFleet {
  readonly clusters: readonly DemoCluster[];
  readonly truth: TruthLog;
  private readonly faults = new FaultRegistry();
  private readonly byName: Map<string, DemoCluster>;
  private nowMs: number;
  private lastFaultId = 0;

  constructor(settings: FleetSettings) {
    this.nowMs = settings.startMs;
    this.truth = new TruthLog(settings.onTruth, settings.mostTruths);
    const { changePlan = (plan: ClusterPlan): ClusterPlan => plan } = settings;
    this.clusters = planFleet(settings.seed, settings.clusters).map((plan, place) =>
      this.makeCluster(changePlan(plan, place), settings),
    );
    this.byName = new Map(this.clusters.map((cluster) => [cluster.plan.name, cluster]));
  }

  /** Processes everything due until a time, in every cluster. */
  advanceTo(toMs: number): void {
    this.advanceFaults(toMs);
    for (const cluster of this.clusters) cluster.advanceTo(toMs);
  }

  /** The same for one cluster only, before one of its edges is read; faults in between come first. */
  advanceCluster(cluster: DemoCluster, toMs: number): void {
    this.advanceFaults(toMs);
    cluster.advanceTo(toMs);
  }

  /** The active faults. */
  activeFaults(): readonly Fault[] {
    return this.faults.list();
  }

  /**
   * Causes a fault, or ends some (`heal`, `restore`). Returns the faults that began or ended. Throws FaultRefused when
   * there is no such cluster or edge, or the fault does not fit it.
   */
  request(request: FaultRequest, atMs: number): Fault[] {
    this.advanceTo(atMs);
    const cluster = this.byName.get(request.cluster);
    if (!cluster) {
      throw new FaultRefused(
        `There is no cluster "${request.cluster}". Name one of: ${[...this.byName.keys()].join(', ')}.`,
      );
    }
    const { kind } = request;
    if (kind === 'heal' || kind === 'restore') {
      const edge = request.edge === undefined ? undefined : this.chooseEdge(cluster, request.edge);
      return this.end(
        (fault) =>
          fault.cluster === request.cluster &&
          (kind === 'restore' || fault.kind === 'split') &&
          (edge === undefined || fault.edge === edge),
        atMs,
      );
    }
    if (
      cluster.plan.standalone &&
      ['split', 'lb-dies', 'lb-link-cut', 'disabled-by-administrator', 'demoted'].includes(kind)
    ) {
      throw new FaultRefused(
        `${request.cluster} is a standalone edge and has no load balancer. Choose a cluster for "${kind}".`,
      );
    }
    const edge = this.chooseEdge(cluster, request.edge ?? '@master');
    const names = cluster.plan.edges.map((one) => one.name);
    this.lastFaultId += 1;
    const fault = makeFault(this.lastFaultId, kind, request, edge, names, atMs);
    this.faults.add(fault);
    this.publish(fault, 'begin', atMs);
    this.applyTo(cluster, atMs);
    return [fault];
  }

  /** Ends every fault. Returns those that were active. */
  restoreAll(atMs: number): Fault[] {
    this.advanceTo(atMs);
    return this.end(() => true, atMs);
  }

  private makeCluster(plan: ClusterPlan, settings: FleetSettings): DemoCluster {
    const passes = (from: string, to: string): boolean => this.faults.passes(plan.name, from, to);
    return new DemoCluster(plan, settings.seed, settings.startMs, passes, (change, masters) => {
      const { name, from, to, atMs, reason } = change;
      this.truth.add({ kind: 'role', atMs, cluster: plan.name, edge: name, from, to, reason, masters });
    });
  }

  private advanceFaults(toMs: number): void {
    for (
      let due = this.faults.nextChangeMs(this.nowMs);
      due <= toMs;
      due = this.faults.nextChangeMs(this.nowMs)
    ) {
      this.nowMs = due;
      for (const cluster of this.clusters) cluster.advanceTo(due);
      for (const fault of this.faults.removeEnded(due)) this.publish(fault, 'end', due);
      for (const cluster of this.clusters) this.applyTo(cluster, due);
    }
    this.nowMs = Math.max(this.nowMs, toMs);
  }

  private end(which: (fault: Fault) => boolean, atMs: number): Fault[] {
    const ended = this.faults.remove(which);
    for (const fault of ended) this.publish(fault, 'end', atMs);
    for (const cluster of this.clusters) this.applyTo(cluster, atMs);
    return ended;
  }

  private applyTo(cluster: DemoCluster, atMs: number): void {
    for (const { name } of cluster.plan.edges)
      cluster.apply(name, this.faults.conditionsOf(name, atMs), atMs);
  }

  private publish(fault: Fault, phase: 'begin' | 'end', atMs: number): void {
    const { id, kind, cluster, edge } = fault;
    this.truth.add({ kind: 'fault', phase, atMs, id, fault: kind, cluster, edge });
  }

  /** `@master` is the active LB's edge (the first edge when there is none), `@backup` the first that is a backup. */
  private chooseEdge(cluster: DemoCluster, wanted: string): string {
    const names = cluster.plan.edges.map((edge) => edge.name);
    const [first = ''] = names;
    if (wanted === '@master') return cluster.masters()[0] ?? first;
    if (wanted === '@backup') {
      const backup = cluster.edges.find((edge) => edge.roleNow() === 'backup');
      if (!backup) throw new FaultRefused(`No edge of ${cluster.plan.name} is a backup now. Name the edge.`);
      return backup.plan.name;
    }
    if (!names.includes(wanted)) {
      throw new FaultRefused(
        `There is no edge "${wanted}" in ${cluster.plan.name}. Name one of: ${names.join(', ')}, or @master, @backup.`,
      );
    }
    return wanted;
  }
}
