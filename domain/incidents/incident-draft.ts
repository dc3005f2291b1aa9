import { incidentKinds, type Incident, type IncidentKind } from '../model/incident';
import type { Cause, CauseCorrection, FailoverEvent, HeronEvent, RecordedEvent } from '../model/event';
import { causeAfter, isCorrectionOf } from './corrected-cause';
import { healthRank, type Health, type Reason } from '../model/health';
import {
  longer,
  longestWithout,
  neverWithout,
  observeWithout,
  type WithoutActiveLb,
} from './without-active-lb';

/** An incident while it is built from its events. */
export class IncidentDraft {
  readonly id: number;
  /** Whether it has an event that makes it an incident: signs alone do not. */
  real = false;
  lastRecordedMs: number;
  /** Clusters and edges that became unreachable and have not answered since: `cluster ID`, `edge ID`. */
  readonly unseen = new Set<string>();
  readonly subjects = new Set<string>();
  lastJoinedMs: number;
  #startMs: number;
  #endMs: number;
  #kind: IncidentKind = 'not-seen';
  #worst: Health = 'up';
  #moves = 0;
  readonly #failovers: FailoverEvent[] = [];
  #rolling = false;
  #cause: { cause: Cause; weight: number; failover: FailoverEvent | null } | null = null;
  readonly #eventIds: number[] = [];
  readonly #clusters = new Map<string, string>();
  readonly #edges = new Map<string, string>();
  readonly #without = new Map<string, WithoutActiveLb>();

  constructor({ id, event }: RecordedEvent) {
    this.id = id;
    this.lastRecordedMs = event.recordedAtMs;
    this.lastJoinedMs = event.recordedAtMs;
    this.#startMs = event.timeMs;
    this.#endMs = event.timeMs;
  }

  add({ id, event }: RecordedEvent, subject: string | null): void {
    this.#eventIds.push(id);
    this.lastRecordedMs = Math.max(this.lastRecordedMs, event.recordedAtMs);
    this.#startMs = Math.min(this.#startMs, event.type === 'gap' ? event.fromMs : event.timeMs);
    this.#endMs = Math.max(this.#endMs, event.timeMs);
    if (subject !== null) this.subjects.add(subject);
    this.#name(event);
    this.#weigh(event);
    this.observeTime(event, subject);
  }

  /** Whether the failover that this corrects is one of its events. */
  hasFailoverOf(correction: CauseCorrection): boolean {
    return this.#failovers.some((event) => isCorrectionOf(correction, event));
  }

  /** Applies a correction of the cause of one of its failovers; its times stay. */
  correct(id: number, correction: CauseCorrection): void {
    this.#eventIds.push(id);
    const known = this.#cause;
    if (known?.failover && isCorrectionOf(correction, known.failover))
      known.cause = causeAfter(correction, known.cause);
  }

  /** Updates the time without an active LB by an event of the cluster, or by a gap. */
  observeTime(event: HeronEvent, subject: string | null): void {
    const of = subject === null ? [...this.#without.keys()] : [subject];
    for (const one of of) {
      this.#without.set(one, observeWithout(this.#without.get(one) ?? neverWithout, event));
    }
  }

  /** `open`: it has not ended. `rolling`: evidence that it is part of a rolling update. */
  toIncident(open: boolean, rolling: readonly string[], nowMs: number): Incident {
    const cause = this.#cause?.cause ?? { kind: 'unknown', evidence: [] };
    const spans = [...this.#without.values()].map((state) =>
      longestWithout(state, open ? nowMs : this.#endMs),
    );
    return {
      id: this.id,
      kind: this.#kind,
      worst: this.#worst,
      startMs: this.#startMs,
      endMs: open ? null : this.#endMs,
      clusters: named(this.#clusters),
      edges: named(this.#edges),
      moves: this.#moves,
      withoutActiveLbMs: spans.reduce(longer, null),
      cause: { kind: cause.kind, evidence: [...new Set([...cause.evidence, ...rolling])] },
      rollingUpdate: this.#rolling || rolling.length > 0,
      eventIds: [...this.#eventIds],
    };
  }

  /** Whether one of its edges was out of service at some time in [fromMs, toMs]. */
  concerns(edgeId: string, fromMs: number, toMs: number): boolean {
    return this.#edges.has(edgeId) && this.#startMs <= toMs && this.#endMs >= fromMs;
  }

  #name(event: HeronEvent): void {
    if (event.type === 'gap') for (const { id, name } of event.clusters ?? []) this.#clusters.set(id, name);
    if ('clusterId' in event && event.clusterId !== null)
      this.#clusters.set(event.clusterId, event.clusterName ?? event.clusterId);
    if ('edgeId' in event && event.edgeId !== null)
      this.#edges.set(event.edgeId, event.edgeName ?? event.edgeId);
    if (event.type === 'failover' || event.type === 'failback') {
      this.#edges.set(event.fromEdgeId, event.fromEdgeName);
      this.#edges.set(event.toEdgeId, event.toEdgeName);
    }
  }

  #weigh(event: HeronEvent): void {
    switch (event.type) {
      case 'failover':
      case 'failback':
        this.#moves += 1;
        this.#failovers.push(event);
        this.#atLeast(event.type);
        this.#because(event.cause, event.type === 'failover' ? 3 : 1, event);
        break;
      case 'no-active-lb':
      case 'split-brain':
        this.#atLeast(event.type);
        this.#sink(event.type);
        break;
      case 'flapping':
        this.#atLeast('flapping');
        break;
      case 'cluster-state':
        this.#sink(event.to);
        this.#state(event);
        break;
      case 'edge-state':
        if (event.clusterId === null) this.#sink(event.to);
        this.#state(event);
        break;
      case 'finding':
        this.#rolling = true;
        break;
      default:
    }
  }

  #state(event: Extract<HeronEvent, { type: 'cluster-state' | 'edge-state' }>): void {
    const { to, reasons } = event;
    // Redundancy is also lost when all edges are up but the other LBs are stopped.
    const edgeLost = to === 'no-redundancy' && reasons.some(({ code }) => code === 'capacity-lost');
    if (to === 'down' || edgeLost) this.#atLeast('edge-down');
    else if (to === 'degraded' || to === 'no-redundancy') this.#atLeast('degraded');
    const [first] = reasons;
    const troubled = to === 'down' || to === 'degraded' || to === 'unknown';
    if (first && troubled) this.#because({ kind: causeOfReason(first), evidence: [first.fact] }, 2);
  }

  #atLeast(kind: IncidentKind): void {
    if (incidentKinds.indexOf(kind) < incidentKinds.indexOf(this.#kind)) this.#kind = kind;
  }

  #sink(health: Health): void {
    if (healthRank(health) < healthRank(this.#worst)) this.#worst = health;
  }

  /**
   * The cause of an incident is that of its first failover, even if unknown; otherwise the problem of an edge; that of a failback
   * only where nothing else happened.
   */
  #because(cause: Cause, weight: number, failover: FailoverEvent | null = null): void {
    if (this.#cause === null || weight > this.#cause.weight) this.#cause = { cause, weight, failover };
  }
}

function causeOfReason({ code }: Reason): Cause['kind'] {
  switch (code) {
    case 'silent':
      return 'edge-unreachable';
    case 'lb-stopped':
      return 'lb-stopped';
    case 'proxy-no-link':
      return 'link-cut';
    default:
      return 'unknown';
  }
}

function named(names: ReadonlyMap<string, string>): { id: string; name: string }[] {
  return [...names].map(([id, name]) => ({ id, name }));
}
