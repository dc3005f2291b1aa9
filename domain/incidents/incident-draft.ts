import { incidentKinds, type Incident, type IncidentKind } from '../model/incident';
import type { CauseCorrection, FailoverEvent, HeronEvent, RecordedEvent } from '../model/event';
import { healthRank, type Health } from '../model/health';
import { thresholds } from '../model/thresholds';
import { copyOutage, longestOutage, type TrackedOutage } from '../past/outage-tracker';
import { isCorrectionOf } from './corrected-cause';
import { IncidentCause } from './incident-cause';
import { incidentKindOf } from './incident-kind';
import { IncidentNames } from './incident-names';
import type { EventPlace } from './place-event';

/** An incident while it is built from its events. */
export class IncidentDraft {
  /** Whether it has an event that makes it an incident: signs alone do not. */
  real = false;
  firstRecordedMs: number;
  lastRecordedMs: number;
  /** When a row was last lost as a whole in it: others that are lost shortly after belong to it. Null: none was. */
  lastLostMs: number | null = null;
  readonly subjects = new Set<string>();
  /** Rows that were lost, and how they were lost last. */
  readonly lost = new Map<string, 'down' | 'blind'>();
  /** Those that are lost now. */
  readonly lostRows = new Set<string>();
  /** Edges whose faults it consists of, with the time of their last event and the code of its reason. */
  readonly faults = new Map<string, { atMs: number; code: string | null }>();
  /** Edges whose state is a problem now, with their rows. */
  readonly unwellEdges = new Map<string, string>();
  /** Edges that were not well, and are again. */
  readonly recoveredEdges = new Set<string>();
  /** Edges that cannot be seen, with their rows: what they turn out to be is another incident. */
  readonly unseenEdges = new Map<string, string>();
  /** LBs between which the role moved. */
  readonly movedEdges = new Set<string>();
  /** When it last had an event about which LB is active; null: it has none. That an LB fell silent or answers again is none. */
  lastLbMs: number | null = null;
  /** Whether a split brain is part of it. */
  hasSplit = false;
  /** The times without an active LB or a serving edge that are part of it, with their clusters. */
  #outages = new Map<TrackedOutage, string>();
  /** When each row was lost first. */
  readonly #firstLost = new Map<string, number>();
  #startMs: number;
  #endMs: number;
  #kind: IncidentKind = 'not-seen';
  #worst: Health = 'up';
  #moves = 0;
  readonly #failovers: FailoverEvent[] = [];
  #rolling = false;
  readonly #cause = new IncidentCause();
  readonly #eventIds: number[] = [];
  readonly #names = new IncidentNames();

  constructor({ event }: RecordedEvent) {
    this.firstRecordedMs = event.recordedAtMs;
    this.lastRecordedMs = event.recordedAtMs;
    this.#startMs = event.timeMs;
    this.#endMs = event.timeMs;
  }

  add({ id, event }: RecordedEvent, place: EventPlace | null): void {
    this.#eventIds.push(id);
    this.lastRecordedMs = Math.max(this.lastRecordedMs, event.recordedAtMs);
    this.#startMs = Math.min(this.#startMs, event.type === 'gap' ? event.fromMs : event.timeMs);
    this.#endMs = Math.max(this.#endMs, event.timeMs);
    this.#names.add(event);
    this.#weigh(event);
    this.#cause.add(event);
    if (place) this.#observe(event, place);
  }

  /** Joins another one, which turned out to have the same cause. */
  join(other: IncidentDraft): void {
    this.real ||= other.real;
    this.firstRecordedMs = Math.min(this.firstRecordedMs, other.firstRecordedMs);
    this.lastRecordedMs = Math.max(this.lastRecordedMs, other.lastRecordedMs);
    this.#startMs = Math.min(this.#startMs, other.#startMs);
    this.#endMs = Math.max(this.#endMs, other.#endMs);
    this.#atLeast(other.#kind);
    this.sink(other.#worst);
    this.#moves += other.#moves;
    this.#failovers.push(...other.#failovers);
    this.#rolling ||= other.#rolling;
    this.#cause.join(other.#cause);
    this.#eventIds.push(...other.#eventIds);
    this.hasSplit ||= other.hasSplit;
    this.lastLbMs = Math.max(this.lastLbMs ?? -Infinity, other.lastLbMs ?? -Infinity);
    if (this.lastLbMs === -Infinity) this.lastLbMs = null;
    this.#names.join(other.#names);
    for (const [id, fault] of other.faults) this.faults.set(id, fault);
    for (const [id, how] of other.lost) this.lost.set(id, how);
    for (const set of ['subjects', 'lostRows', 'recoveredEdges', 'movedEdges'] as const)
      for (const id of other[set]) this[set].add(id);
    for (const edges of ['unwellEdges', 'unseenEdges'] as const)
      for (const [id, row] of other[edges]) this[edges].set(id, row);
    for (const [id, atMs] of other.#firstLost) this.#firstLost.set(id, atMs);
    for (const [outage, clusterId] of other.#outages) this.#outages.set(outage, clusterId);
  }

  /** An outage of a cluster, which an event of this or of another incident began or changed. */
  addOutage(outage: TrackedOutage, clusterId: string, event: HeronEvent): void {
    this.#outages.set(outage, clusterId);
    this.#lastUntil(event);
  }

  /** Another incident has the state of this edge from now on. */
  leaveEdge(edgeId: string, event: HeronEvent): void {
    if (this.unwellEdges.delete(edgeId)) this.#lastUntil(event);
  }

  #lastUntil({ timeMs, recordedAtMs }: HeronEvent): void {
    this.#endMs = Math.max(this.#endMs, timeMs);
    this.lastRecordedMs = Math.max(this.lastRecordedMs, recordedAtMs);
  }

  /** Everything of this row is well. */
  recoverRow(row: string, event: HeronEvent): void {
    for (const edges of [this.unwellEdges, this.unseenEdges])
      for (const [edgeId, of] of edges)
        if (of === row) {
          this.leaveEdge(edgeId, event);
          this.unseenEdges.delete(edgeId);
        }
  }

  /** What becomes known of its outages from now on does not change it. */
  freeze(): void {
    this.#outages = new Map([...this.#outages].map(([outage, id]) => [copyOutage(outage), id]));
  }

  /** Whether an outage of it lasts, as far as is known. `isTroubled`: of a cluster, whether its state is a problem, unknown included. */
  isCutOff(isTroubled: (clusterId: string) => boolean): boolean {
    return [...this.#outages].some(
      ([{ possible, certain }, clusterId]) =>
        possible.toMs === null && (certain.toMs === null || isTroubled(clusterId)),
    );
  }

  /** Whether a row of it is lost, and rows were lost in it a moment ago. */
  isLost(row: string, nowMs: number): boolean {
    const sinceMs = this.lastLostMs ?? -Infinity;
    return this.lostRows.has(row) && nowMs - sinceMs <= thresholds.lostTogetherMs;
  }

  /** The row number of its first event, and when it began. */
  get beginning(): { id: number; sinceMs: number } {
    return { id: Math.min(...this.#eventIds), sinceMs: this.#startMs };
  }

  /** Whether it only consists of what could not be seen. */
  get isUnseenOnly(): boolean {
    return this.#kind === 'not-seen';
  }

  /** Whether the failover that this corrects is one of its events. */
  hasFailoverOf(correction: CauseCorrection): boolean {
    return this.#failovers.some((event) => isCorrectionOf(correction, event));
  }

  /** Applies a correction of the cause of one of its failovers; its times stay. */
  correct(id: number, correction: CauseCorrection): void {
    this.#eventIds.push(id);
    this.#cause.correct(correction);
  }

  /** `state`: whether something is wrong, it may reopen, or it is over. `rolling`: evidence that it is part of a rolling update. */
  toIncident(state: 'open' | 'observed' | 'over', rolling: readonly string[], nowMs: number): Incident {
    const { kind, evidence } = this.#cause.cause;
    const eventIds = this.#eventIds.toSorted((a, b) => a - b);
    return {
      id: eventIds[0] ?? 0,
      kind: this.#kind,
      worst: this.#worst,
      startMs: this.#startMs,
      endMs: state === 'open' ? null : this.#endMs,
      observedUntilMs: state === 'observed' ? this.lastRecordedMs + thresholds.incidentQuietMs : null,
      clusters: this.#names.clusters,
      edges: this.#names.edges,
      moves: this.#moves,
      withoutActiveLbMs: longestOutage(this.#outages.keys(), state === 'open' ? nowMs : this.#endMs),
      cause: {
        kind,
        evidence: [
          ...new Set([
            ...this.#names.lostTogether(this.#firstLost, this.firstRecordedMs),
            ...evidence,
            ...rolling,
          ]),
        ],
      },
      rollingUpdate: this.#rolling || rolling.length > 0,
      eventIds,
    };
  }

  /** Whether one of its edges was out of service at some time in [fromMs, toMs]. */
  concerns(edgeId: string, fromMs: number, toMs: number): boolean {
    return this.#names.hasEdge(edgeId) && this.#startMs <= toMs && this.#endMs >= fromMs;
  }

  #observe(event: HeronEvent, place: EventPlace): void {
    const { subject, scope, edgeId, lost, weight, health } = place;
    this.subjects.add(subject);
    this.real ||= weight === 'trouble';
    if (lost && (scope === 'row' || lost === 'blind')) {
      this.lastLostMs = event.recordedAtMs;
      if (scope === 'row') {
        this.lost.set(subject, lost);
        this.lostRows.add(subject);
        if (!this.#firstLost.has(subject)) this.#firstLost.set(subject, event.recordedAtMs);
      }
    } else if (health !== null && weight !== 'part') this.lostRows.delete(subject);
    const isSilence = event.type === 'lb-role' && (event.from === 'unknown' || event.to === 'unknown');
    const isOfLb = scope === 'lb' || health === 'no-active-lb' || health === 'split-brain';
    if (isOfLb && !isSilence && lost === null) this.lastLbMs = event.recordedAtMs;
    this.hasSplit ||= event.type === 'split-brain' || health === 'split-brain';
    if (event.type === 'failover' || event.type === 'failback')
      for (const id of [event.fromEdgeId, event.toEdgeId]) this.movedEdges.add(id);
    if (edgeId !== null) this.#observeEdge(edgeId, event, place);
  }

  #observeEdge(edgeId: string, event: HeronEvent, { subject, weight, lost }: EventPlace): void {
    if (event.type === 'edge-state') {
      this.unwellEdges.delete(edgeId);
      this.unseenEdges.delete(edgeId);
      if (weight === 'recovery') this.recoveredEdges.add(edgeId);
      else this.recoveredEdges.delete(edgeId);
      if (lost === 'blind') this.unseenEdges.set(edgeId, subject);
      else if (weight === 'trouble') this.unwellEdges.set(edgeId, subject);
    }
    if (lost === 'blind' || weight === 'part' || weight === 'recovery') return;
    if (event.type === 'lb-role' && event.from === 'master') this.movedEdges.add(edgeId);
    // An LB that yields its role is no fault of its edge.
    if (event.type === 'lb-role' && event.to === 'backup') return;
    const known = this.faults.get(edgeId)?.code ?? null;
    const code = event.type === 'edge-state' ? (event.reasons[0]?.code ?? null) : known;
    this.faults.set(edgeId, { atMs: event.recordedAtMs, code });
  }

  #weigh(event: HeronEvent): void {
    const kind = incidentKindOf(event);
    if (kind !== null) this.#atLeast(kind);
    if (event.type === 'failover' || event.type === 'failback') {
      this.#moves += 1;
      this.#failovers.push(event);
    } else if (event.type === 'no-active-lb' || event.type === 'split-brain') this.sink(event.type);
    else if (event.type === 'cluster-state') this.sink(event.to);
    else if (event.type === 'edge-state' && event.clusterId === null) this.sink(event.to);
    else if (event.type === 'finding') this.#rolling = true;
  }

  #atLeast(kind: IncidentKind): void {
    if (incidentKinds.indexOf(kind) < incidentKinds.indexOf(this.#kind)) this.#kind = kind;
  }

  /** A row was at least this bad during it. */
  sink(health: Health): void {
    if (healthRank(health) < healthRank(this.#worst)) this.#worst = health;
  }
}
