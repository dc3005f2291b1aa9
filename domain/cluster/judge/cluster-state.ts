import type { Cluster } from '../../inventory/inventory';
import { haveSameCodes, type Health } from '../../model/health';
import type { Reading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import type { Change } from '../detect/change';
import type { LbDetection } from '../detect/lb-detection';
import type { ClusterTrack } from '../observe/cluster-track';
import { isRoleUnknown } from '../observe/role-track';
import { flappingReason, lbFlappingReason } from './flapping-reasons';
import type { EdgeLoad } from './imbalance';
import {
  activeLbOf,
  judgeCluster,
  type ClusterJudgement,
  type ClusterSurroundings,
  type EdgeAssessment,
} from './judge-cluster';
import { withUserPath, type PathEvidence } from './judge-user-path';
import type { PeakTrack } from './spare';
import { TrafficSpread } from './traffic-spread';
import { whyUnknown } from './witness-reasons';

type TimedJudgement = ClusterJudgement & { sinceMs: number | null };

/** What a cluster is judged to be, and since when. */
export class ClusterState {
  #judged: TimedJudgement;
  /** Nothing that the judgement depends on has changed since it was made. */
  #isCurrent = false;
  /** Since when the active LB is unknown. */
  #undecidedSinceMonotonicMs: number | null = null;
  readonly #spread = new TrafficSpread();
  /** The probes of the cluster IP and its gateway; null: not probed. */
  path: PathEvidence | null = null;

  constructor(cluster: Cluster | null, assessments: readonly EdgeAssessment[], detection: LbDetection) {
    this.#judged = cluster
      ? { ...judgeCluster(cluster, assessments, activeLbOf(cluster, detection.track)), sinceMs: null }
      : { health: 'unknown', reasons: [], activeLb: { kind: 'not-applicable' }, sinceMs: null };
  }

  get judged(): TimedJudgement {
    return this.#judged;
  }

  get peak(): PeakTrack {
    return this.#spread.peak;
  }

  /** Something that the judgement depends on has changed. */
  invalidate(): void {
    this.#isCurrent = false;
  }

  observeSpread(loads: () => EdgeLoad[], reading: Reading): void {
    this.#spread.observe(loads, reading);
    if (this.#spread.isUneven) this.#isCurrent = false;
  }

  /** A standalone edge's row has the edge's own state, and reports no change of its own. */
  followEdge(health: Health): void {
    if (health !== this.#judged.health) this.#judged = { ...this.#judged, health };
  }

  /** Judges again if anything has changed; the change to report, or null. Times are those of the reading. */
  judge(
    cluster: Cluster,
    assessments: () => EdgeAssessment[],
    detection: LbDetection,
    {
      finishedAtMs: nowMs,
      finishedMonotonicMs: nowMonotonicMs,
    }: Pick<Reading, 'finishedAtMs' | 'finishedMonotonicMs'>,
  ): Change | null {
    if (this.#isCurrent) return null;
    const flapping = flappingOf(cluster, detection.track);
    const activeLb = activeLbOf(
      cluster,
      // While it is flapping, that there is none for a moment is not its state: then the active LB is not known.
      flapping.flapping?.brief ? { ...detection.track, noActive: null } : detection.track,
    );
    // While it is undecided who is active, time alone changes the judgement.
    this.#isCurrent = activeLb.kind === 'one' && !this.#spread.isUneven && !detection.track.flapping;
    const { witnesses, track } = detection;
    const why =
      activeLb.kind === 'unknown' ? whyUnknown(track.roles, witnesses.wanted, witnesses.trafficWords) : null;
    const surroundings = { whyUnknown: why, imbalance: this.#spread.reason, ...flapping };
    const byEdges = judgeCluster(cluster, assessments(), activeLb, surroundings);
    const judged = this.path ? withUserPath(cluster, byEdges, this.path) : byEdges;
    const { health: from, reasons: reasonsBefore, sinceMs } = this.#judged;
    // An edge that was just added waits for its first poll: that changes nothing about the others.
    if (from !== 'unknown' && judged.reasons[0]?.code === 'not-read-yet') return null;
    if (judged.activeLb.kind !== 'unknown') this.#undecidedSinceMonotonicMs = null;
    else this.#undecidedSinceMonotonicMs ??= nowMonotonicMs;
    const undecidedMs = nowMonotonicMs - (this.#undecidedSinceMonotonicMs ?? -Infinity);
    // Between two LBs' reports a take-over looks like no known active LB.
    const isTakeOver = from !== 'unknown' && !(from === 'no-active-lb' && track.noActive);
    if (isTakeOver && !isWithoutReadings(judged) && undecidedMs < thresholds.takeOverUndecidedMs) {
      // The state lasts, but no LB is shown as active that is not.
      if (from !== 'no-active-lb' && from !== 'split-brain') this.#judged = { ...this.#judged, activeLb };
      return null;
    }
    const { health: to, reasons } = judged;
    this.#judged = { ...judged, sinceMs: to === from ? (sinceMs ?? nowMs) : nowMs };
    if (to !== from) return { kind: 'cluster-state', from, to, reasons, atMs: nowMs };
    return haveSameCodes(reasonsBefore, reasons)
      ? null
      : { kind: 'cluster-reasons', health: to, reasons, atMs: nowMs };
  }

  /** Continues with what `previous` was judged to be, after a change of configuration. */
  retainFrom(previous: ClusterState): void {
    this.#judged = { ...previous.#judged };
    this.#spread.peak = previous.#spread.peak;
  }
}

/** Unknown because of the edges themselves, not because an election may be under way. */
function isWithoutReadings({ health, reasons }: ClusterJudgement): boolean {
  return health === 'unknown' && reasons.every(({ code }) => code !== 'active-lb-unknown');
}

/** Which LBs are flapping. While the role is, only a time without an active LB that outlasts a take-over is a state of its own. */
function flappingOf(
  { edges }: Cluster,
  { flapping, flappingLbs, noActive, split, roles }: ClusterTrack,
): Pick<ClusterSurroundings, 'flapping' | 'flappingLbs'> {
  const nameOf = (edgeId: string): string => edges.find(({ id }) => id === edgeId)?.name ?? edgeId;
  const isReported = roles.every((role) => !isRoleUnknown(role));
  return {
    flapping: flapping && {
      reason: flappingReason(flapping, flapping.edgeIds.map(nameOf)),
      brief: !split && !noActive?.reported && isReported,
    },
    flappingLbs: flappingLbs.map((id) => lbFlappingReason(nameOf(id))),
  };
}
