import type { Acknowledgement } from '../model/acknowledgement';
import { newEdgeTrack, observeEdge, type EdgeTrack } from './observe/edge-track';
import { clusterView, proxyBits, shownRole, standaloneView } from './judge/cluster-view';
import type { EdgeLoad } from './judge/imbalance';
import { activeLbOf, judgeCluster, type ClusterJudgement, type EdgeWord } from './judge/judge-cluster';
import { judgeEdge, noteOthers } from './judge/judge-edge';
import { rowId } from '../inventory/row-id';
import type { PeakTrack } from './judge/spare';
import { unwellLbs } from './observe/failed-lbs';
import { newClusterTrack, type ClusterTrack } from './observe/cluster-track';
import { detect } from './detect/detect';
import { roleChangeBracket } from './observe/role-bracket';
import { openLbs } from './detect/undecided-lbs';
import { haveSameCodes, type Health } from '../model/health';
import type { Cluster, Edge } from '../inventory/inventory';
import type { Reading } from '../model/reading';
import type { LbRole } from '../model/role';
import type { ClusterView, LastFailover } from '../model/snapshot';
import type { Change } from './change';
import { keptDetection } from './detect/retain-detection';
import { isOpen, tellTheSame } from './detect/settled';
import { answers, goneEdges, isFirstWord, isLbStopped, othersAnsweredMs } from './judge/edge-conditions';
import { LbWitnesses } from './judge/lb-witnesses';
import { SpreadWatch } from './judge/traffic-spread';

/** Between the old master's word and the new one's, nobody is known to be active: that is a take-over, not yet unknown. */
const takeOverLimboMs = 2_500;

const nobody: ReadonlySet<string> = new Set();

/** The live state of one cluster, or of one standalone edge (`cluster` null): its tracks, and what they are judged to be. */
export class WatchedCluster {
  /** The id of its row. */
  readonly id: string;
  cluster: Cluster | null;
  edges: readonly Edge[];
  lastFailover: LastFailover | null = null;
  acknowledged: Acknowledgement | null = null;
  #tracks = new Map<string, EdgeTrack>();
  #detection: ClusterTrack;
  readonly #witnesses: LbWitnesses;
  /** SNMP does not answer of these. */
  readonly #failing = new Set<string>();
  /** Nothing that the cluster is judged by has changed since it was judged. */
  #settled = false;
  #judged: ClusterJudgement & { sinceMs: number | null };
  #limboSinceMonotonicMs: number | null = null;
  readonly #spread = new SpreadWatch();

  constructor(cluster: Cluster | null, edges: readonly Edge[]) {
    this.id = rowId(cluster, edges);
    this.cluster = cluster;
    this.edges = edges;
    for (const edge of edges) this.#tracks.set(edge.id, newEdgeTrack(edge.id));
    const lbs = edges.filter(({ deployment }) => deployment === 'cluster');
    this.#detection = newClusterTrack(lbs.map((edge) => edge.id));
    this.#witnesses = new LbWitnesses(cluster?.witness, lbs);
    const words = edges.map((edge) => this.#word(edge));
    this.#judged = cluster
      ? { ...judgeCluster(cluster, words, activeLbOf(cluster, this.#detection)), sinceMs: null }
      : { health: 'unknown', reasons: [], activeLb: { kind: 'not-applicable' }, sinceMs: null };
  }

  /** Whether any edge answered its latest poll. */
  get answers(): boolean {
    for (const track of this.#tracks.values()) if (answers(track)) return true;
    return false;
  }

  /** Takes a configuration in that asks and judges the same: other names, subscriptions, cluster addresses. */
  describe(cluster: Cluster | null, edges: readonly Edge[]): void {
    this.cluster = cluster;
    this.edges = edges;
    this.#settled = false;
  }

  /**
   * Goes on from what `previous` knows of the edges in `kept`, which are asked as before. When its active LB is not among
   * them, who is active starts anew: an LB that was taken out has not failed over to another one.
   */
  goOnFrom(previous: WatchedCluster, kept: ReadonlySet<string>): void {
    for (const id of kept) this.#tracks.set(id, previous.track(id));
    for (const id of previous.#failing) if (kept.has(id)) this.#failing.add(id);
    this.#detection = keptDetection(this.#detection, previous.#detection, kept);
    this.#judged = { ...previous.#judged };
    this.lastFailover = previous.lastFailover;
    this.acknowledged = previous.acknowledged;
    this.#spread.peak = previous.peak;
  }

  track(edgeId: string): EdgeTrack {
    return this.#tracks.get(edgeId) ?? newEdgeTrack(edgeId);
  }

  get peak(): PeakTrack {
    return this.#spread.peak;
  }

  get activeEdgeId(): string | null {
    return this.#detection.activeEdgeId;
  }

  get openLbs(): string[] {
    return openLbs(this.#detection);
  }

  get health(): Health {
    return this.#judged.health;
  }

  /** Takes one reading in: observes, detects, judges. `fleetAnsweredMs`: when an edge elsewhere last answered (monotonic). */
  take(edge: Edge, reading: Reading, fleetAnsweredMs: number | null): Change[] {
    const changes: Change[] = [];
    const seen = observeEdge(this.track(edge.id), reading);
    this.#tracks.set(edge.id, seen);
    if (seen.snmp.failures > 0) this.#failing.add(edge.id);
    else this.#failing.delete(edge.id);
    const roleBefore = this.#role(edge);
    const detectionBefore = this.#detection;
    this.#detectRole(edge, reading, roleBefore, changes);
    this.#judgeEdges(edge, reading, fleetAnsweredMs, changes);
    const sameRoles = this.#role(edge) === roleBefore && tellTheSame(detectionBefore, this.#detection);
    if (!sameRoles || changes.length > 0) this.#settled = false;
    if (reading.kind === 'health') this.#observeSpread(reading);
    this.#judgeCluster(reading.finishedAtMs, reading.finishedMonotonicMs, changes);
    return changes;
  }

  view(): ClusterView {
    const [first] = this.edges;
    if (!this.cluster) {
      if (!first) throw new Error('a standalone row has one edge');
      return standaloneView(first, this.track(first.id), this.acknowledged);
    }
    const edges = this.edges.map((edge) => {
      const role = this.#detection.roles[edge.id];
      const witnesses = this.#witnesses.wordsOn(edge.id, role?.witnesses ?? []);
      return { edge, track: this.track(edge.id), role, witnesses };
    });
    return clusterView(this.cluster, this.#judged, edges, this);
  }

  #detectRole(edge: Edge, reading: Reading, before: LbRole, changes: Change[]): void {
    const previous = this.#detection.roles[edge.id];
    if (!previous || !this.#enabled(edge)) return;
    const seen = this.#witnesses.observe(reading, previous);
    if (!seen) return;
    const open = isOpen(this.#detection, edge.id, seen);
    const gone = open ? goneEdges(this.edges, this.#tracks, (one) => this.#enabled(one)) : nobody;
    const unwell = open ? unwellLbs(this.#tracks) : nobody;
    const { track, found } = detect(this.#detection, edge.id, seen, gone, unwell);
    this.#detection = track;
    const after = this.#role(edge);
    if (after !== before) {
      const bracket = roleChangeBracket(previous, track.roles[edge.id] ?? previous, seen);
      const atMs = bracket?.firstNewMs ?? reading.finishedAtMs;
      changes.push({ kind: 'lb-role', edge, from: before, to: after, seen, bracket, atMs });
    }
    changes.push(...found.map((one): Change => ({ kind: 'found', found: one })));
  }

  /** All edges, not only the one that was read: silence is judged by whether others answer. */
  #judgeEdges(read: Edge, reading: Reading, fleetAnsweredMs: number | null, changes: Change[]): void {
    for (const edge of this.#failing.size === 0 ? [read] : this.edges) {
      const seen = this.track(edge.id);
      if (edge.id !== reading.edgeId && seen.snmp.failures === 0) continue;
      const others = othersAnsweredMs(this.#tracks, seen, fleetAnsweredMs);
      const track = noteOthers(seen, others, reading.finishedMonotonicMs);
      const role = this.#detection.roles[edge.id];
      const [lbStopped, witnessReasons] = [isLbStopped(role), this.#witnesses.reasons(edge, role)];
      const judged = judgeEdge(edge, track, { enabled: this.#enabled(edge), lbStopped, witnessReasons });
      if (judged.health === track.health && !isFirstWord(track, judged)) {
        const quiet = track === seen && track.reasons.length === 0 && judged.reasons.length === 0;
        if (quiet) continue;
        this.#settled = false;
        this.#tracks.set(edge.id, { ...track, reasons: judged.reasons });
        if (track.sinceMs !== null && !haveSameCodes(track.reasons, judged.reasons)) {
          const { health, reasons } = judged;
          changes.push({ kind: 'edge-reasons', edge, health, reasons, atMs: reading.finishedAtMs });
        }
        continue;
      }
      const atMs = judged.beganMs ?? reading.finishedAtMs;
      this.#tracks.set(edge.id, { ...track, health: judged.health, reasons: judged.reasons, sinceMs: atMs });
      const { health: to, reasons } = judged;
      changes.push({ kind: 'edge-state', edge, from: track.health, to, reasons, atMs });
    }
  }

  #observeSpread(reading: Reading): void {
    const loads = (): EdgeLoad[] =>
      this.edges.map((edge) => {
        const { rates } = this.track(edge.id);
        return { ...this.#word(edge), bitsPerSecond: rates && proxyBits(rates) };
      });
    this.#spread.observe(loads, reading);
    if (this.#spread.uneven) this.#settled = false;
  }

  #judgeCluster(nowMs: number, nowMonotonicMs: number, changes: Change[]): void {
    const from = this.#judged.health;
    if (!this.cluster) {
      const health = this.edges[0] && this.track(this.edges[0].id).health;
      if (health && health !== from) this.#judged = { ...this.#judged, health };
      return;
    }
    if (this.#settled) return;
    const words = this.edges.map((edge) => this.#word(edge));
    const activeLb = activeLbOf(this.cluster, this.#detection);
    const imbalance = this.#spread.reason;
    // While it is open who is active, time alone changes the judgement.
    this.#settled = activeLb.kind === 'one' && !this.#spread.uneven;
    const roles = activeLb.kind === 'unknown' ? Object.values(this.#detection.roles) : null;
    const why = roles && this.#witnesses.whyUnknown(roles);
    const around = { whyUnknown: why, imbalance };
    const judged = judgeCluster(this.cluster, words, activeLb, around);
    // An edge that was just added waits for its first poll: that changes nothing about the others.
    if (from !== 'unknown' && judged.reasons[0]?.code === 'not-read-yet') return;
    if (judged.activeLb.kind !== 'unknown') this.#limboSinceMonotonicMs = null;
    else this.#limboSinceMonotonicMs ??= nowMonotonicMs;
    const limboMs = nowMonotonicMs - (this.#limboSinceMonotonicMs ?? -Infinity);
    if (from !== 'unknown' && limboMs < takeOverLimboMs) return;
    const sinceMs = judged.health === from ? (this.#judged.sinceMs ?? nowMs) : nowMs;
    const sameReasons = haveSameCodes(this.#judged.reasons, judged.reasons);
    this.#judged = { ...judged, sinceMs };
    const { health: to, reasons } = judged;
    if (to !== from) changes.push({ kind: 'cluster-state', from, to, reasons, atMs: nowMs });
    else if (!sameReasons) changes.push({ kind: 'cluster-reasons', health: to, reasons, atMs: nowMs });
  }

  #word(edge: Edge): EdgeWord {
    const { health, reasons } = this.track(edge.id);
    const shown = this.#enabled(edge) ? health : 'disabled';
    return { id: edge.id, name: edge.name, health: shown, reasons, role: this.#role(edge) };
  }

  #enabled(edge: Edge): boolean {
    return edge.status === 'enabled' && this.cluster?.status !== 'disabled';
  }

  #role(edge: Edge): LbRole {
    return shownRole(this.#detection.roles[edge.id], this.#enabled(edge));
  }
}
