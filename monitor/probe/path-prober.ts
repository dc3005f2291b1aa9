import { setMaxListeners } from 'node:events';
import type { ProbeTarget } from '../../domain/inventory/probe-target';
import type { ProbeResult } from '../../domain/model/probe';
import type { Clock } from '../base/clock';
import { Semaphore } from '../base/semaphore';
import { countFault } from '../log/guard';
import type { PathProbe, ProbeAnswer, ProbedGateway } from './path-probe';
import { ProbePace } from './probe-pace';

/** The path of one cluster's users. */
export interface ProbedPath {
  clusterId: string;
  target: ProbeTarget;
}

export interface PathProberOptions {
  clock: Clock;
  probe: PathProbe;
  /** Uniform in [0, 1): spreads the probes. */
  random: () => number;
  onProbe: (clusterId: string, result: ProbeResult) => void;
  /** `clusterIds`: the clusters behind this gateway. */
  onGateway: (clusterIds: readonly string[], result: ProbeResult) => void;
}

/** Probes at a time, so that a silent fleet does not use up file descriptors. */
const maxConcurrent = 128;
/** Cluster IPs probed in a second: a probe costs about 0.2 ms of CPU time, so that a large fleet is probed less often. */
const maxPerSecond = 200;
/** Failing clusters at a time that are probed faster than their interval. */
const maxHurried = 64;
const gatewayIntervalMs = 5_000;
/** When to probe again after an error in Heron itself. */
const afterFaultMs = 5_000;
/** The pace of a gateway that has just stopped answering: whether it is there matters, not since which tenth of a second. */
const hurriedGatewayStepMs = 1_000;

/** One thing that is probed again and again. */
interface Slot {
  pace: ProbePace;
  ask: (timeoutMs: number) => Promise<ProbeAnswer>;
  publish: (result: ProbeResult) => void;
  cancel: () => void;
  isStopped: boolean;
}

/**
 * Probes the cluster IPs and their gateways, each at its own interval and never twice at once. It shares nothing with polling but
 * the event loop: a silent cluster IP delays no poll.
 */
export class PathProber {
  readonly #services = new Map<string, Slot & { described: string }>();
  readonly #gateways = new Map<string, Slot & { clusterIds: string[] }>();
  readonly #permits = new Semaphore(maxConcurrent);
  readonly #stopping = new AbortController();
  readonly #hurried = new Set<Slot>();
  #leastIntervalMs = 0;

  constructor(
    paths: readonly ProbedPath[],
    private readonly options: PathProberOptions,
  ) {
    // Every probe that waits for a permit listens to it.
    setMaxListeners(0, this.#stopping.signal);
    this.retarget(paths);
  }

  /** Probes these paths from now on. A path that did not change keeps its pace. */
  retarget(paths: readonly ProbedPath[]): void {
    this.#leastIntervalMs = (1_000 * paths.length) / maxPerSecond;
    const wanted = new Map(paths.map((path) => [path.clusterId, path]));
    for (const [clusterId, slot] of this.#services) {
      const path = wanted.get(clusterId);
      if (path && describe(path) === slot.described) continue;
      this.#stop(slot);
      this.#services.delete(clusterId);
    }
    for (const path of paths) if (!this.#services.has(path.clusterId)) this.#addService(path);
    this.#retargetGateways(paths);
  }

  stop(): void {
    this.#stopping.abort();
    for (const slot of [...this.#services.values(), ...this.#gateways.values()]) this.#stop(slot);
  }

  #addService(path: ProbedPath): void {
    const { clusterId, target } = path;
    const { probe, onProbe } = this.options;
    const slot = {
      ...newSlot(() => Math.max(target.intervalMs, this.#leastIntervalMs)),
      described: describe(path),
      ask: (timeoutMs: number) => probe.service(target, timeoutMs),
      publish: (result: ProbeResult) => onProbe(clusterId, result),
    };
    this.#services.set(clusterId, slot);
    this.#schedule(slot, this.options.random() * Math.max(target.intervalMs, this.#leastIntervalMs));
  }

  #retargetGateways(paths: readonly ProbedPath[]): void {
    const behind = new Map<string, { gateway: ProbedGateway; clusterIds: string[] }>();
    for (const { clusterId, target } of paths) {
      const { gateway: address, nobody } = target;
      const known = behind.get(`${address} ${nobody}`);
      if (known) known.clusterIds.push(clusterId);
      else behind.set(`${address} ${nobody}`, { gateway: { address, nobody }, clusterIds: [clusterId] });
    }
    for (const [key, slot] of this.#gateways) {
      if (behind.has(key)) continue;
      this.#stop(slot);
      this.#gateways.delete(key);
    }
    for (const [key, { gateway, clusterIds }] of behind) {
      const known = this.#gateways.get(key);
      if (known) known.clusterIds = clusterIds;
      else this.#addGateway(key, gateway, clusterIds);
    }
  }

  #addGateway(key: string, gateway: ProbedGateway, clusterIds: string[]): void {
    const { probe, onGateway, random } = this.options;
    const slot = {
      ...newSlot(() => gatewayIntervalMs, hurriedGatewayStepMs),
      clusterIds,
      ask: (timeoutMs: number) => probe.gateway(gateway, timeoutMs),
      publish: (result: ProbeResult): void => onGateway(slot.clusterIds, result),
    };
    this.#gateways.set(key, slot);
    this.#schedule(slot, random() * gatewayIntervalMs * 0.2);
  }

  #stop(slot: Slot): void {
    slot.isStopped = true;
    slot.cancel();
    this.#hurried.delete(slot);
  }

  #schedule(slot: Slot, delayMs: number): void {
    slot.cancel = this.options.clock.after(delayMs, () => void this.#run(slot));
  }

  async #run(slot: Slot): Promise<void> {
    const { clock } = this.options;
    const release = await this.#permits.acquire(this.#stopping.signal).catch(() => null);
    if (release === null) return;
    const [startedAtMs, startedMonotonicMs] = [clock.nowMs(), clock.monotonicMs()];
    let nextMs = startedMonotonicMs + afterFaultMs;
    try {
      const answer = await slot.ask(slot.pace.timeoutMs).finally(release);
      if (slot.isStopped) return;
      const [finishedAtMs, finishedMonotonicMs] = [clock.nowMs(), clock.monotonicMs()];
      const result = { ...answer, startedAtMs, finishedAtMs, startedMonotonicMs, finishedMonotonicMs };
      slot.pace.observe(result);
      const mayHurry = this.#mayHurry(slot, finishedMonotonicMs);
      nextMs = slot.pace.nextMs(startedMonotonicMs, finishedMonotonicMs, mayHurry);
      slot.publish(result);
    } catch (fault) {
      countFault('the probe of a path of users', fault);
    } finally {
      if (!slot.isStopped) this.#schedule(slot, nextMs - clock.monotonicMs());
    }
  }

  #mayHurry(slot: Slot, nowMs: number): boolean {
    if (!slot.pace.isHurried(nowMs)) {
      this.#hurried.delete(slot);
      return false;
    }
    if (this.#hurried.size < maxHurried) this.#hurried.add(slot);
    return this.#hurried.has(slot);
  }
}

function newSlot(
  intervalMs: () => number,
  hurriedStepMs?: number,
): Pick<Slot, 'pace' | 'cancel' | 'isStopped'> {
  return { pace: new ProbePace(intervalMs, hurriedStepMs), cancel: () => undefined, isStopped: false };
}

function describe({ target }: ProbedPath): string {
  return JSON.stringify(target);
}
