import type { SpanStart } from '../../../db/model/history-batch';
import type { HeronEvent } from '../../../domain/model/event';
import type { Health, Reason } from '../../../domain/model/health';
import type { Cluster, Edge } from '../../../domain/inventory/inventory';
import type { LbRole, RoleWitness } from '../../../domain/model/role';
import { seededRandom } from './random';

/** What happened at one time: goes to the history as one batch. */
export interface Happening {
  atMs: number;
  spans: SpanStart[];
  events: HeronEvent[];
}

const minuteMs = 60_000;
const secondMs = 1_000;
/** A cluster fails over about every five days, and one of its edges is unwell every other day. */
const meanMsBetween = { failover: 5 * 24 * 60 * minuteMs, unwell: 2 * 24 * 60 * minuteMs };

/** A cluster's life from `fromMs` to `toMs`, in order of time: it starts well, fails over, and has edges that are unwell. */
export function* clusterLife(
  cluster: Cluster,
  seed: number,
  fromMs: number,
  toMs: number,
): Generator<Happening> {
  const random = seededRandom(seed);
  const later = (meanMs: number): number => -Math.log(1 - random()) * meanMs;
  const pick = (edges: readonly Edge[]): Edge => edges[Math.floor(random() * edges.length)] ?? first(edges);
  const story = new ClusterStory(cluster);
  let active = first(cluster.edges);
  yield story.start(fromMs, active);
  let atMs = fromMs + minuteMs;
  for (;;) {
    const failsMs = later(meanMsBetween.failover);
    const unwellMs = later(meanMsBetween.unwell);
    atMs += Math.round(Math.min(failsMs, unwellMs));
    const lastsMs = Math.round(minuteMs + later(12 * minuteMs));
    if (atMs + lastsMs + minuteMs >= toMs) return;
    if (failsMs < unwellMs) {
      const next = pick(cluster.edges.filter((edge) => edge !== active));
      yield* story.failover(atMs, active, next, lastsMs);
      active = next;
    } else {
      const edge = pick(cluster.edges);
      yield story.unwell(atMs, edge);
      yield story.wellAgain(atMs + lastsMs, edge, slow(edge));
    }
    atMs += lastsMs + minuteMs;
  }
}

/** Writes what happens to one cluster as spans and events. */
class ClusterStory {
  constructor(private readonly cluster: Cluster) {}

  start(atMs: number, active: Edge): Happening {
    const { edges, id } = this.cluster;
    return {
      atMs,
      spans: [
        ...edges.map((edge) => health(edge.id, 'up', [], atMs)),
        ...edges.map((edge) => role(edge.id, edge === active ? 'master' : 'backup', atMs)),
        { kind: 'cluster-health', subjectId: id, state: 'up', fromMs: atMs, reasons: [] },
      ],
      events: edges.map((edge) => this.edgeState(edge, 'unknown', 'up', [], atMs)),
    };
  }

  /** The active LB's edge dies; another takes over seconds later; it comes back as a backup. */
  *failover(atMs: number, old: Edge, next: Edge, lastsMs: number): Generator<Happening> {
    const reasons = [silent(old)];
    const clusterReasons = [lost(old)];
    const movedMs = atMs + 3 * secondMs;
    yield {
      atMs,
      spans: [health(old.id, 'down', reasons, atMs), role(old.id, 'unknown', atMs)],
      events: [
        this.edgeState(old, 'up', 'down', reasons, atMs),
        this.lbRole(old, 'master', 'unknown', reasons, atMs),
      ],
    };
    yield {
      atMs: movedMs,
      spans: [role(next.id, 'master', movedMs), this.own('degraded', clusterReasons, movedMs)],
      events: [
        this.lbRole(next, 'backup', 'master', [], movedMs),
        {
          type: 'failover',
          ...this.common(movedMs),
          fromEdgeId: old.id,
          fromEdgeName: old.name,
          toEdgeId: next.id,
          toEdgeName: next.name,
          bracket: { lastOldMs: atMs - secondMs, firstNewMs: movedMs },
          gapMs: { atLeast: 0, atMost: movedMs - atMs },
          oldRoleAfter: 'unknown',
          cause: { kind: 'edge-died', evidence: [`${old.name} answered neither SNMP nor HTTP.`] },
          witnesses: [witness('master')],
          pollIntervalMs: secondMs,
        },
        this.clusterState('up', 'degraded', clusterReasons, movedMs),
      ],
    };
    const backMs = atMs + lastsMs;
    const back = this.wellAgain(backMs, old, silent(old));
    back.spans.push(role(old.id, 'backup', backMs));
    back.events.push(this.lbRole(old, 'unknown', 'backup', [], backMs));
    yield back;
  }

  unwell(atMs: number, edge: Edge): Happening {
    const reasons = [slow(edge)];
    return {
      atMs,
      spans: [health(edge.id, 'degraded', reasons, atMs), this.own('degraded', reasons, atMs)],
      events: [
        this.edgeState(edge, 'up', 'degraded', reasons, atMs),
        this.clusterState('up', 'degraded', reasons, atMs),
      ],
    };
  }

  wellAgain(atMs: number, edge: Edge, was: Reason): Happening {
    const from = was.code === 'silent' ? 'down' : 'degraded';
    return {
      atMs,
      spans: [health(edge.id, 'up', [], atMs), this.own('up', [], atMs)],
      events: [this.edgeState(edge, from, 'up', [], atMs), this.clusterState('degraded', 'up', [], atMs)],
    };
  }

  private common(timeMs: number): {
    timeMs: number;
    recordedAtMs: number;
    clusterId: string;
    clusterName: string;
  } {
    const { id, name } = this.cluster;
    return { timeMs, recordedAtMs: timeMs + 200, clusterId: id, clusterName: name };
  }

  private own(state: Health, reasons: Reason[], fromMs: number): SpanStart {
    return { kind: 'cluster-health', subjectId: this.cluster.id, state, fromMs, reasons };
  }

  private edgeState(edge: Edge, from: Health, to: Health, reasons: Reason[], timeMs: number): HeronEvent {
    const of = { edgeId: edge.id, edgeName: edge.name };
    return { type: 'edge-state', ...this.common(timeMs), ...of, from, to, reasons };
  }

  private clusterState(from: Health, to: Health, reasons: Reason[], timeMs: number): HeronEvent {
    return { type: 'cluster-state', ...this.common(timeMs), from, to, reasons };
  }

  private lbRole(edge: Edge, from: LbRole, to: LbRole, reasons: Reason[], timeMs: number): HeronEvent {
    const bracket = { lastOldMs: timeMs - secondMs, firstNewMs: timeMs };
    const of = { edgeId: edge.id, edgeName: edge.name };
    const witnesses = to === 'unknown' ? [] : [witness(to)];
    return { type: 'lb-role', ...this.common(timeMs), ...of, from, to, bracket, reasons, witnesses };
  }
}

function first(edges: readonly Edge[]): Edge {
  const [edge] = edges;
  if (!edge) throw new RangeError('a cluster has edges');
  return edge;
}

function health(subjectId: string, state: Health, reasons: Reason[], fromMs: number): SpanStart {
  return { kind: 'edge-health', subjectId, state, fromMs, reasons };
}

function role(subjectId: string, state: LbRole, fromMs: number): SpanStart {
  return { kind: 'lb-role', subjectId, state, fromMs };
}

function silent(edge: Edge): Reason {
  return {
    code: 'silent',
    fact: `Only ${edge.name} is not responding.`,
    detail: `No answer from ${edge.managementIp ?? edge.proxyIp} within 2 s.`,
  };
}

function lost(edge: Edge): Reason {
  return { code: 'capacity-lost', fact: `${edge.name} is down.`, detail: silent(edge).fact };
}

function slow(edge: Edge): Reason {
  return {
    code: 'high-latency',
    fact: `${edge.name} answers slowly.`,
    detail: 'The last three readings took longer than 500 ms.',
  };
}

function witness(said: LbRole): RoleWitness {
  return {
    witness: 'carp-extend',
    role: said,
    vhid: 10,
    advbase: 1,
    advskew: 100,
    confidence: 1,
    maxAgeMs: 0,
    said: `carp: ${said.toUpperCase()} vhid 10 advbase 1 advskew 100`,
  };
}
