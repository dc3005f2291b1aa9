import { probeTargetInWords, probeTargetOf, type ProbeTarget } from '../inventory/probe-target';
import type { Cluster } from '../inventory/inventory';
import type { Bracket, HeronEvent } from '../model/event';
import type { LastFailover } from '../model/snapshot';
import type { ProbeResult } from '../model/probe';
import { thresholds } from '../model/thresholds';
import type { PathEvidence } from './judge/judge-user-path';
import { GatewayTrack } from './observe/gateway-track';
import { beginOf, endOf, outageBounds, type GapBounds, type UserOutage } from './observe/user-outage';
import { UserPath } from './observe/user-path';

type UsersGap = Extract<HeronEvent, { type: 'users-gap' }>;

/** The path that the users of one cluster take: what probes show of it, and the events that follow. */
export class UserPathMonitor {
  readonly #path: UserPath;
  readonly #gateway = new GatewayTrack();
  /** Changes of the active LB whose gap for users was not known when they were reported. */
  #open: { bracket: Bracket; isReported: boolean }[] = [];

  constructor(readonly target: ProbeTarget) {
    this.#path = new UserPath(target);
  }

  get evidence(): PathEvidence {
    return { path: this.#path, gateway: this.#gateway.state };
  }

  /** A text that changes when the state or the gateway does, so that an unchanged one is not judged again. */
  get stateKey(): string {
    const { state } = this.#path;
    const isLong = state.kind === 'not-served' && state.lastedMs >= thresholds.userOutageMs;
    return `${state.kind} ${isLong} ${this.#gateway.state}`;
  }

  /** How long users were not served around a change; null: unknown, or reported by an event of its own once it is known. */
  gapAround(bracket: Bracket): GapBounds | null {
    const gap = this.#path.gapAround(bracket);
    if (gap === null) this.#open.push({ bracket, isReported: false });
    return gap;
  }

  /** An edge of the cluster answered a request that was sent at this time. */
  seePath(startedMonotonicMs: number): void {
    this.#path.seePath(startedMonotonicMs);
  }

  observeGateway(result: ProbeResult): void {
    this.#gateway.observe(result);
    if (result.outcome === 'answered') this.#path.seePath(result.startedMonotonicMs);
  }

  /** Applies a probe of the cluster IP; the events that it leads to. */
  observe(result: ProbeResult, cluster: Cluster, nowMs: number): HeronEvent[] {
    const { ended, neverAnswered } = this.#path.observe(result);
    const of = { recordedAtMs: Math.round(nowMs), clusterId: cluster.id, clusterName: cluster.name };
    const events: HeronEvent[] = [];
    if (ended) events.push(this.#outage(ended, of));
    if (neverAnswered) events.push(this.#neverAnswered(neverAnswered, of));
    this.#open = this.#open.filter(({ bracket, isReported }) => {
      const usersGapMs = this.#path.gapAround(bracket);
      if (usersGapMs && !isReported) events.push(this.#withoutOutage(bracket, usersGapMs, of));
      return usersGapMs === null && nowMs - bracket.firstNewMs < thresholds.probeMemoryMs;
    });
    return events;
  }

  #outage(outage: UserOutage, of: OfCluster): UsersGap {
    const bracket = beginOf(outage);
    const restored = endOf(outage);
    for (const open of this.#open) if (restored.firstNewMs >= open.bracket.lastOldMs) open.isReported = true;
    return {
      type: 'users-gap',
      timeMs: bracket.firstNewMs,
      ...of,
      target: probeTargetInWords(this.target),
      bracket,
      restored,
      usersGapMs: outageBounds(outage),
      failedProbes: outage.count,
    };
  }

  #withoutOutage(bracket: Bracket, usersGapMs: GapBounds, of: OfCluster): UsersGap {
    const target = probeTargetInWords(this.target);
    const timeMs = bracket.firstNewMs;
    return { type: 'users-gap', timeMs, ...of, target, bracket, restored: null, usersGapMs, failedProbes: 0 };
  }

  #neverAnswered({ finishedAtMs, outcome, words }: ProbeResult, of: OfCluster): HeronEvent {
    const { kind, address, port } = this.target;
    const where = `${address} on ${kind === 'http' ? 'HTTP' : 'TCP'} port ${port}`;
    const likely = outcome === 'refused' ? 'A wrong port' : 'A wrong port, or no path from this computer';
    const toDo = 'It counts for nothing; set the cluster’s probe in the inventory.';
    const reason =
      outcome === 'intercepted'
        ? {
            code: 'cluster-ip-intercepted',
            fact: `What answers for the cluster IP ${where} is not the cluster.`,
            detail: `Between this computer and the cluster ${words}, such as a proxy. ${toDo}`,
          }
        : {
            code: 'cluster-ip-not-answering',
            fact: `The cluster IP ${where} has never answered Heron.`,
            detail: `${likely}: ${words}. ${toDo}`,
          };
    return { type: 'finding', timeMs: Math.round(finishedAtMs), ...of, edgeId: null, edgeName: null, reason };
  }
}

interface OfCluster {
  recordedAtMs: number;
  clusterId: string;
  clusterName: string;
}

/** The monitor of a cluster's path: `known` where it probes the same; null where nothing is probed. */
export function userPathMonitorOf(
  cluster: Cluster | null,
  known: UserPathMonitor | null,
): UserPathMonitor | null {
  const target = cluster && probeTargetOf(cluster);
  if (!target) return null;
  return known && JSON.stringify(known.target) === JSON.stringify(target)
    ? known
    : new UserPathMonitor(target);
}

/** A last failover with the gap for users that became known after it. */
export function withUsersGap(last: LastFailover | null, event: HeronEvent): LastFailover | null {
  if (last === null || event.type !== 'users-gap' || last.usersGapMs) return last;
  const { bracket, restored, usersGapMs } = event;
  const toMs = (restored ?? bracket).firstNewMs + thresholds.usersGapSlackMs;
  const fromMs = bracket.lastOldMs - thresholds.usersGapSlackMs;
  const isAround = last.bracket.firstNewMs >= fromMs && last.bracket.lastOldMs <= toMs;
  return isAround ? { ...last, usersGapMs } : last;
}
