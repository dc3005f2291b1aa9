import { rowId, type Cluster, type Edge } from '../inventory/inventory';
import { limitsOf, shareLimitsOf } from '../inventory/overrides';
import type { Acknowledgement } from '../model/acknowledgement';
import type { Bracket, FailoverEvent, HeronEvent } from '../model/event';
import type { Health, Reason } from '../model/health';
import type { Outage } from '../model/outage';
import type { ProbeResult } from '../model/probe';
import { wasAnswered, type Reading } from '../model/reading';
import type { ActiveLb, ClusterView, LastFailover } from '../model/snapshot';
import { acknowledge, updateAcknowledgement, type AcknowledgementInput } from './acknowledge';
import { CauseCorrections } from './cause-corrections';
import { eventOf, lastFailoverOf, type EventContext, type MonitoredRow } from './cluster-events';
import type { Change } from './detect/change';
import { LbDetection, type RowEdges } from './detect/lb-detection';
import { clusterView, proxyBits, standaloneView } from './judge/cluster-view';
import { ClusterState } from './judge/cluster-state';
import { downBracket } from './judge/down-bracket';
import type { EdgeLoad } from './judge/imbalance';
import type { EdgeAssessment } from './judge/judge-cluster';
import { judgeEdges, type Elsewhere } from './judge/judge-edges';
import { userPathView } from './judge/judge-user-path';
import { currentRates, type EdgeTrack } from './observe/edge-track';
import { EdgeTracks } from './observe/edge-tracks';
import { shownRole, type RoleTrack } from './observe/role-track';
import type { GapBounds } from './observe/user-outage';
import { RollingUpdates } from './rolling-updates';
import { userPathMonitorOf, withUsersGap, type UserPathMonitor } from './user-path-monitor';

export type { AcknowledgementInput } from './acknowledge';

export interface ReadingContext extends EventContext, Elsewhere {}

/** What a reading led to: what changed, and the events that report it. */
export interface ReadingOutcome {
  changes: Change[];
  events: HeronEvent[];
}

/** What a probe led to. `hasChanged`: what the row shows is different. */
export interface ProbeOutcome extends ReadingOutcome {
  hasChanged: boolean;
}

/** Monitors one cluster, or one standalone edge (`cluster` is null): a reading goes in, changes and events come out. */
export class ClusterMonitor implements MonitoredRow {
  /** The id of its row. */
  readonly id: string;
  cluster: Cluster | null;
  edges: readonly Edge[];
  lastFailover: LastFailover | null = null;
  acknowledged: Acknowledgement | null = null;
  /** What cut its users off, is over and not acknowledged; set by whoever sees all events. */
  unacknowledgedOutages: readonly Outage[] = [];
  readonly #tracks: EdgeTracks;
  readonly #detection: LbDetection;
  readonly #state: ClusterState;
  readonly #rolling = new RollingUpdates();
  readonly #causes = new CauseCorrections();
  #users: UserPathMonitor | null;

  constructor(cluster: Cluster | null, edges: readonly Edge[]) {
    this.id = rowId(cluster, edges);
    this.cluster = cluster;
    this.edges = edges;
    this.#tracks = new EdgeTracks(edges);
    this.#detection = new LbDetection(cluster, edges);
    this.#state = new ClusterState(cluster, this.#assessments(), this.#detection);
    this.#users = userPathMonitorOf(cluster, null);
  }

  apply(edge: Edge, reading: Reading, context: ReadingContext): ReadingOutcome {
    const row = this.#rowEdges();
    this.#tracks.observe(reading);
    if (wasAnswered(reading)) this.#users?.seePath(reading.startedMonotonicMs);
    const detected = row.isEnabled(edge) ? this.#detection.apply(edge, reading, row) : null;
    const judged = judgeEdges(edge, reading, row, this.#detection, context);
    if (detected?.hasNewOutcome || judged.hasChanged) this.#state.invalidate();
    if (reading.kind === 'health') this.#state.observeSpread(() => this.#loads(), reading);
    const clusterChange = this.#judgeCluster(reading);

    const changes = [...(detected?.changes ?? []), ...judged.changes];
    if (clusterChange) changes.push(clusterChange);
    const events = [...this.#causes.apply(edge.id, this, context), ...this.report(changes, context)];
    const update = this.#rolling.apply(this, changes.length > 0, context.nowMs);
    if (update) events.push(update);
    return { changes, events };
  }

  /** Applies a probe of the cluster IP. */
  applyProbe(result: ProbeResult, context: EventContext): ProbeOutcome {
    if (!this.#users || !this.cluster) return { changes: [], events: [], hasChanged: false };
    const before = this.#users.stateKey;
    const found = this.#users.observe(result, this.cluster, context.nowMs);
    for (const event of found) this.lastFailover = withUsersGap(this.lastFailover, event);
    const changes = this.#judgePath(before, result);
    const events = [...found, ...this.report(changes, context)];
    return { changes, events, hasChanged: events.length > 0 || this.#users.stateKey !== before };
  }

  /** Applies a probe of the cluster's default gateway. */
  applyGatewayProbe(result: ProbeResult, context: EventContext): ProbeOutcome {
    if (!this.#users) return { changes: [], events: [], hasChanged: false };
    const before = this.#users.stateKey;
    this.#users.observeGateway(result);
    const changes = this.#judgePath(before, result);
    return { changes, events: this.report(changes, context), hasChanged: this.#users.stateKey !== before };
  }

  /** The events that report changes of this row. They also update its acknowledgement and its last failover. */
  report(changes: readonly Change[], context: EventContext): HeronEvent[] {
    const events: HeronEvent[] = [];
    for (const change of changes) {
      const plain = eventOf(change, this, context);
      if (!plain) continue;
      const event = this.#rolling.explain(plain);
      this.lastFailover = lastFailoverOf(event) ?? this.lastFailover;
      if (event.type === 'failover' && change.kind === 'detected')
        this.#causes.add(event, change.detection, this);
      events.push(event);
    }
    const updated = updateAcknowledgement(changes, this, context.nowMs);
    if (updated) {
      this.acknowledged = updated.acknowledged;
      events.push(updated.event);
    }
    return events;
  }

  /** Acknowledges the row's problem and its outages, or withdraws that. The event to record; null when there is nothing to acknowledge. */
  acknowledge(input: AcknowledgementInput, nowMs: number): HeronEvent | null {
    const done = acknowledge(this, input, nowMs);
    if (!done) return null;
    this.acknowledged = done.acknowledged;
    return done.event;
  }

  /** Applies configuration changes that affect neither polling nor judging, such as names. */
  describe(cluster: Cluster | null, edges: readonly Edge[]): void {
    this.cluster = cluster;
    this.edges = edges;
    this.#users = userPathMonitorOf(cluster, this.#users);
    this.#state.invalidate();
  }

  /** Continues with what `previous` knows of the edges in `retainedIds`, whose configuration did not change. */
  retainFrom(previous: ClusterMonitor, retainedIds: ReadonlySet<string>): void {
    this.#rolling.retainFrom(previous.#rolling);
    this.#causes.retainFrom(previous.#causes);
    this.#users = userPathMonitorOf(this.cluster, previous.#users);
    if (retainedIds.size === 0) return;
    this.#tracks.retainFrom(previous.#tracks, retainedIds);
    this.#detection.retainFrom(previous.#detection, retainedIds);
    this.#state.retainFrom(previous.#state);
    this.lastFailover = previous.lastFailover;
    this.acknowledged = previous.acknowledged;
  }

  track(edgeId: string): EdgeTrack {
    return this.#tracks.get(edgeId);
  }

  /** Restores a failover of an earlier run whose cause may still be corrected; see `CauseCorrections.restore`. */
  restoreUnsettled(event: FailoverEvent, monotonicOffsetMs: number): void {
    this.#causes.restore(event, monotonicOffsetMs);
  }

  roleTrack(edgeId: string): RoleTrack | undefined {
    return this.#detection.roleTrack(edgeId);
  }

  usersGap(bracket: Bracket): GapBounds | null {
    return this.#users?.gapAround(bracket) ?? null;
  }

  /** Whether any edge answered its latest poll. */
  get isAnswered(): boolean {
    return this.#tracks.isAnswered;
  }

  get activeEdgeId(): string | null {
    return this.#detection.track.activeEdgeId;
  }

  /** The LBs to poll again soon, because it is undecided which one is active; empty while one is known. */
  get undecidedLbs(): string[] {
    return this.#detection.undecidedLbs;
  }

  get health(): Health {
    return this.#state.judged.health;
  }

  /** The active LB as it was last judged. */
  get activeLb(): ActiveLb {
    return this.#state.judged.activeLb;
  }

  view(): ClusterView {
    const [first] = this.edges;
    const { lastFailover, acknowledged, unacknowledgedOutages } = this;
    const memory = { acknowledged, unacknowledgedOutages };
    if (!this.cluster) {
      if (!first) throw new Error('a standalone row has one edge');
      return standaloneView(first, this.track(first.id), memory);
    }
    const edges = this.edges.map((edge) => {
      const role = this.#detection.roleTrack(edge.id);
      const witnesses = this.#detection.witnesses.latestOn(edge.id, role?.witnesses ?? []);
      return { edge, track: this.track(edge.id), role, witnesses };
    });
    return clusterView(this.cluster, this.#state.judged, edges, {
      ...memory,
      lastFailover,
      peak: this.#state.peak,
      users: this.#users && userPathView(this.#users.evidence),
    });
  }

  /** Judges again if what the probes show is different from `before`. */
  #judgePath(before: string, result: ProbeResult): Change[] {
    if (this.#users === null || this.#users.stateKey === before) return [];
    this.#state.invalidate();
    const change = this.#judgeCluster(result);
    return change ? [change] : [];
  }

  #judgeCluster(reading: Pick<Reading, 'finishedAtMs' | 'finishedMonotonicMs'>): Change | null {
    this.#state.path = this.#users?.evidence ?? null;
    if (this.cluster) {
      const before = this.#state.judged.reasons;
      const change = this.#state.judge(this.cluster, () => this.#assessments(), this.#detection, reading);
      return change?.kind === 'cluster-state' ? this.#withBracket(change, before) : change;
    }
    const [edge] = this.edges;
    if (edge) this.#state.followEdge(this.track(edge.id).health);
    return null;
  }

  #withBracket(change: Extract<Change, { kind: 'cluster-state' }>, before: readonly Reason[]): Change {
    const bracket = downBracket(change, {
      service: this.#tracks.service,
      edgeIds: this.edges.filter((edge) => this.#isEnabled(edge)).map(({ id }) => id),
      before,
      after: change.reasons,
      path: this.#users?.evidence.path ?? null,
    });
    return bracket ? { ...change, bracket } : change;
  }

  #rowEdges(): RowEdges {
    return {
      edges: this.edges,
      tracks: this.#tracks,
      isEnabled: (edge) => this.#isEnabled(edge),
      limitsOf: (edge) => limitsOf(edge, this.cluster),
    };
  }

  #assessments(): EdgeAssessment[] {
    return this.edges.map((edge) => {
      const { health, reasons } = this.track(edge.id);
      const enabled = this.#isEnabled(edge);
      const role = shownRole(this.#detection.roleTrack(edge.id), enabled);
      return { id: edge.id, name: edge.name, health: enabled ? health : 'disabled', reasons, role };
    });
  }

  #loads(): EdgeLoad[] {
    return this.edges.map((edge) => {
      const { id, name } = edge;
      const track = this.track(id);
      const rates = currentRates(track);
      const health = this.#isEnabled(edge) ? track.health : 'disabled';
      return {
        id,
        name,
        health,
        bitsPerSecond: rates && proxyBits(rates),
        limits: shareLimitsOf(edge, this.cluster),
      };
    });
  }

  #isEnabled(edge: Edge): boolean {
    return edge.status === 'enabled' && this.cluster?.status !== 'disabled';
  }
}
