import type { Cluster, Edge } from '../../inventory/inventory';
import type { LoadLimits } from '../../inventory/overrides';
import type { Reading } from '../../model/reading';
import { isExpectedMiss } from '../observe/answer-parts';
import { newClusterTrack, roleIn, type ClusterTrack } from '../observe/cluster-track';
import type { EdgeTracks } from '../observe/edge-tracks';
import { LbWitnesses } from '../observe/lb-witnesses';
import { failedLbs, unreachableEdges } from '../observe/reachability';
import { roleChangeBracket } from '../observe/role-bracket';
import { shownRole, type RoleTrack } from '../observe/role-track';
import { CarpChecks } from './carp-checks';
import type { Change } from './change';
import { detect, repeat } from './detect';
import { OtherGroups } from './other-groups';
import { isSettled, sameOutcome, undecidedLbs } from './settled';

const none: ReadonlySet<string> = new Set();

/** The edges of the row that an LB belongs to. */
export interface RowEdges {
  edges: readonly Edge[];
  tracks: EdgeTracks;
  isEnabled: (edge: Edge) => boolean;
  limitsOf: (edge: Edge) => LoadLimits;
}

/** Detects role changes, failovers and split brains among the LBs of one cluster. */
export class LbDetection {
  readonly witnesses: LbWitnesses;
  readonly #otherGroups = new OtherGroups();
  readonly #checks = new CarpChecks();
  #track: ClusterTrack;
  /** See `ClusterGroups.changes`. */
  #groupChanges = 0;

  constructor(cluster: Cluster | null, edges: readonly Edge[]) {
    const lbs = edges.filter(({ deployment }) => deployment === 'cluster');
    this.#track = newClusterTrack(lbs.map(({ id }) => id));
    this.witnesses = new LbWitnesses(cluster, lbs);
  }

  get track(): ClusterTrack {
    return this.#track;
  }

  /** The LBs to poll again soon, because it is undecided which one is active. */
  get undecidedLbs(): string[] {
    return undecidedLbs(this.#track);
  }

  roleTrack(edgeId: string): RoleTrack | undefined {
    return roleIn(this.#track, edgeId);
  }

  /**
   * Applies a reading of an enabled edge. `hasNewOutcome`: the LB's role, or who is active in the cluster, is now different or
   * known otherwise.
   */
  apply(
    edge: Edge,
    reading: Reading,
    { edges, tracks, isEnabled }: RowEdges,
  ): { changes: Change[]; hasNewOutcome: boolean } {
    const { parts, rolePolls } = tracks.get(edge.id);
    if (isExpectedMiss(parts, rolePolls, reading)) return { changes: [], hasNewOutcome: false };
    const known = roleIn(this.#track, edge.id);
    const seen = known ? this.witnesses.observe(reading, known) : null;
    if (!known || !seen) return { changes: [], hasNewOutcome: false };
    this.#followGroup();
    const before = this.#track;
    const previous = roleIn(before, edge.id) ?? known;
    const repeated = repeat(before, edge.id, seen);
    if (repeated) {
      this.#track = repeated;
      return { changes: this.#findings(edge, edges, reading), hasNewOutcome: false };
    }
    const settled = isSettled(before, edge.id, seen);
    const unreachable = settled ? none : unreachableEdges(edges, tracks.byId, isEnabled);
    const failed = settled ? none : failedLbs(tracks.byId);
    const { track, detections } = detect(before, edge.id, seen, unreachable, failed);
    this.#track = track;
    const changes: Change[] = [];
    const after = roleIn(track, edge.id) ?? previous;
    const from = shownRole(previous, true);
    const to = shownRole(after, true);
    if (from !== to) {
      const bracket = roleChangeBracket(previous, after, seen);
      const atMs = bracket?.firstNewMs ?? reading.finishedAtMs;
      changes.push({ kind: 'lb-role', edge, from, to, seen, bracket, atMs });
    }
    changes.push(...detections.map((detection): Change => ({ kind: 'detected', detection })));
    changes.push(...this.#findings(edge, edges, reading));
    return { changes, hasNewOutcome: from !== to || !sameOutcome(before, track) };
  }

  /** What is known of the LBs is about one group: it starts anew with another. */
  #followGroup(): void {
    const { changes } = this.witnesses.groups;
    if (changes === this.#groupChanges) return;
    this.#groupChanges = changes;
    this.#track = newClusterTrack(this.#track.roles.map(({ edgeId }) => edgeId));
  }

  #findings(edge: Edge, edges: readonly Edge[], reading: Reading): Change[] {
    const others = this.witnesses.groups.othersOn(edge.id);
    const nameOf = (id: string): string => edges.find((one) => one.id === id)?.name ?? id;
    const { finishedAtMs: atMs, finishedMonotonicMs: nowMonotonicMs } = reading;
    const ofGroups = this.#otherGroups.observe(edge, others, this.#track, nowMonotonicMs, nameOf);
    const ofChecks = this.#checks.observe(this.#track, nowMonotonicMs, nameOf);
    return [...ofGroups, ...ofChecks].map((reason): Change => ({ kind: 'finding', reason, atMs }));
  }

  /**
   * Continues with what `previous` knows after a change of configuration: the roles of the LBs in `retainedIds`, and the active LB
   * if it is one of them. An LB that was removed has not failed over to another one.
   */
  retainFrom({ track: previous }: LbDetection, retainedIds: ReadonlySet<string>): void {
    const roles = this.#track.roles.map((role) => {
      const known = retainedIds.has(role.edgeId) ? roleIn(previous, role.edgeId) : undefined;
      return known ?? role;
    });
    this.#track = { ...this.#track, roles };
    if (previous.activeEdgeId === null || !retainedIds.has(previous.activeEdgeId)) return;
    const { activeEdgeId, activeSinceMs, flapping, activeChanges, unseenMs } = previous;
    const roleChanges = previous.roleChanges.filter(
      ({ fromEdgeId, toEdgeId }) => retainedIds.has(fromEdgeId) && retainedIds.has(toEdgeId),
    );
    this.#track = {
      ...this.#track,
      activeEdgeId,
      activeSinceMs,
      roleChanges,
      flapping,
      activeChanges,
      unseenMs,
    };
  }
}
