import type { Cluster, Edge } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import { newClusterTrack, type ClusterTrack } from '../observe/cluster-track';
import type { EdgeTracks } from '../observe/edge-tracks';
import { LbWitnesses } from '../observe/lb-witnesses';
import { failedLbs, unreachableEdges } from '../observe/reachability';
import { roleChangeBracket } from '../observe/role-bracket';
import { shownRole, type RoleTrack } from '../observe/role-track';
import type { Change } from './change';
import { detect } from './detect';
import { isSettled, sameOutcome, undecidedLbs } from './settled';

const none: ReadonlySet<string> = new Set();

/** The edges of the row that an LB belongs to. */
export interface RowEdges {
  edges: readonly Edge[];
  tracks: EdgeTracks;
  isEnabled: (edge: Edge) => boolean;
}

/** Detects role changes, failovers and split brains among the LBs of one cluster. */
export class LbDetection {
  readonly witnesses: LbWitnesses;
  #track: ClusterTrack;

  constructor(cluster: Cluster | null, edges: readonly Edge[]) {
    const lbs = edges.filter(({ deployment }) => deployment === 'cluster');
    this.#track = newClusterTrack(lbs.map(({ id }) => id));
    this.witnesses = new LbWitnesses(cluster?.witness, lbs);
  }

  get track(): ClusterTrack {
    return this.#track;
  }

  /** The LBs to poll again soon, because it is undecided which one is active. */
  get undecidedLbs(): string[] {
    return undecidedLbs(this.#track);
  }

  roleTrack(edgeId: string): RoleTrack | undefined {
    return this.#track.roles[edgeId];
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
    const [before, previous] = [this.#track, this.#track.roles[edge.id]];
    const seen = previous ? this.witnesses.observe(reading, previous) : null;
    if (!previous || !seen) return { changes: [], hasNewOutcome: false };
    const settled = isSettled(before, edge.id, seen);
    const unreachable = settled ? none : unreachableEdges(edges, tracks.byId, isEnabled);
    const failed = settled ? none : failedLbs(tracks.byId);
    const { track, detections } = detect(before, edge.id, seen, unreachable, failed);
    this.#track = track;
    const changes: Change[] = [];
    const after = track.roles[edge.id] ?? previous;
    const from = shownRole(previous, true);
    const to = shownRole(after, true);
    if (from !== to) {
      const bracket = roleChangeBracket(previous, after, seen);
      const atMs = bracket?.firstNewMs ?? reading.finishedAtMs;
      changes.push({ kind: 'lb-role', edge, from, to, seen, bracket, atMs });
    }
    changes.push(...detections.map((detection): Change => ({ kind: 'detected', detection })));
    return { changes, hasNewOutcome: from !== to || !sameOutcome(before, track) };
  }

  /**
   * Continues with what `previous` knows after a change of configuration: the roles of the LBs in `retainedIds`, and the active LB
   * if it is one of them. An LB that was removed has not failed over to another one.
   */
  retainFrom({ track: previous }: LbDetection, retainedIds: ReadonlySet<string>): void {
    const roles = { ...this.#track.roles };
    for (const id of Object.keys(roles)) {
      const role = previous.roles[id];
      if (role && retainedIds.has(id)) roles[id] = role;
    }
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
