import { keepEvidence, recentEvidence, type TrapEvidence } from '../../domain/traps/evidence';
import { RateLimit } from '../base/rate-limit';
import type { Scheduler } from './scheduler';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** Extra looks that traps may cause in one cluster: a storm of them must not become a storm of polls. */
const looksPerSecond = 2;
const looksAtOnce = 6;
const mostClusters = 10_000;

/**
 * What edges sent by themselves, kept for a minute, and the polls it causes. A trap is never believed: it only makes Heron
 * look at once, first at the roles (light, and told apart from a page that hangs), then at the sender in full.
 */
export class TrapHints {
  private readonly kept = new Map<string, TrapEvidence[]>();
  private readonly looks = new RateLimit(looksPerSecond, looksAtOnce, mostClusters);
  private readonly wantFull = new Set<string>();

  constructor(private readonly scheduler: Pick<Scheduler, 'hasten'>) {}

  /** Takes evidence in and has its cluster looked at. */
  take(evidence: TrapEvidence, row: WatchedCluster): void {
    this.kept.set(evidence.edgeId, keepEvidence(this.kept.get(evidence.edgeId) ?? [], evidence));
    if (!this.looks.admits(row.cluster?.id ?? evidence.edgeId, evidence.atMonotonicMs)) return;
    if (row.cluster === null) {
      this.scheduler.hasten(evidence.edgeId, 'health');
      return;
    }
    this.wantFull.add(evidence.edgeId);
    for (const edge of row.edges) this.scheduler.hasten(edge.id, 'role');
  }

  /** A role poll of an edge ended: one that sent a trap is now read in full. */
  polled(edgeId: string): void {
    if (this.wantFull.delete(edgeId)) this.scheduler.hasten(edgeId, 'health');
  }

  /** Of these edges, what came in within the last minute. */
  of(row: WatchedCluster, nowMonotonicMs: number): TrapEvidence[] {
    return row.edges.flatMap(({ id }) => recentEvidence(this.kept.get(id) ?? [], nowMonotonicMs));
  }
}
