import { incidentKinds, type Incident, type IncidentKind } from '../model/incident';
import type { Cause, HeronEvent, RecordedEvent } from '../model/event';
import { healthRank, type Health, type Reason } from '../model/health';
import {
  longer,
  longestWithout,
  neverWithout,
  observeWithout,
  type WithoutActiveLb,
} from './without-active-lb';

/** An incident while its events come in. */
export class Draft {
  readonly id: number;
  /** It has an event that makes it one: signs alone are none. */
  real = false;
  lastRecordedMs: number;
  /** What of it could not be seen and was not seen again: `cluster ID`, `edge ID`. */
  readonly unseen = new Set<string>();
  readonly subjects = new Set<string>();
  lastJoinedMs: number;
  #startMs: number;
  #endMs: number;
  #kind: IncidentKind = 'not-seen';
  #worst: Health = 'up';
  #moves = 0;
  #rolling = false;
  #cause: { cause: Cause; weight: number } | null = null;
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

  /** Time goes on for an active LB that is missing: an event of its cluster, or a gap. */
  observeTime(event: HeronEvent, subject: string | null): void {
    const of = subject === null ? [...this.#without.keys()] : [subject];
    for (const one of of) {
      this.#without.set(one, observeWithout(this.#without.get(one) ?? neverWithout, event));
    }
  }

  /** `open`: it has not ended. `rolling`: a rolling update was found that it is part of. */
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

  /** Whether an edge of it was away at some time in [fromMs, toMs]. */
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
        this.#atLeast(event.type);
        this.#because(event.cause, event.type === 'failover' ? 3 : 1);
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
        this.#state(event.to, event.reasons);
        break;
      case 'edge-state':
        if (event.clusterId === null) this.#sink(event.to);
        this.#state(event.to, event.reasons);
        break;
      case 'finding':
        this.#rolling = true;
        break;
      default:
    }
  }

  #state(to: Health, reasons: readonly Reason[]): void {
    // Redundancy is also gone when all edges are up and the other LBs are stopped.
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
   * The first of the weightiest causes is the incident's: its first failover's, also where that is not known; else what was wrong
   * with an edge; a failback's only where nothing else happened.
   */
  #because(cause: Cause, weight: number): void {
    if (this.#cause === null || weight > this.#cause.weight) this.#cause = { cause, weight };
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
