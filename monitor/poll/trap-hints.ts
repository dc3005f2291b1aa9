import { addEvidence, recentEvidence, type TrapEvidence } from '../../domain/traps/evidence';
import { RateLimit } from '../base/rate-limit';
import type { Scheduler } from './scheduler';
import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';

/** Extra polls of one cluster that traps may cause: a storm of traps must not become a storm of polls. */
const pollsPerSecond = 2;
const maxBurst = 6;
const maxClusters = 10_000;

/**
 * Retains traps for a minute, and polls their senders. No state is derived from a trap: it only causes polls, first of the roles
 * (light, and independent of a page that hangs), then of the sender in full.
 */
export class TrapHints {
  readonly #evidence = new Map<string, TrapEvidence[]>();
  readonly #limit = new RateLimit(pollsPerSecond, maxBurst, maxClusters);
  readonly #awaitingHealthPoll = new Set<string>();

  constructor(private readonly scheduler: Pick<Scheduler, 'hasten'>) {}

  apply(evidence: TrapEvidence, row: ClusterMonitor): void {
    const { edgeId } = evidence;
    this.#evidence.set(edgeId, addEvidence(this.#evidence.get(edgeId) ?? [], evidence));
    if (!this.#limit.admits(row.cluster?.id ?? edgeId, evidence.atMonotonicMs)) return;
    if (row.cluster === null) {
      this.scheduler.hasten(edgeId, 'health');
      return;
    }
    this.#awaitingHealthPoll.add(edgeId);
    for (const edge of row.edges) this.scheduler.hasten(edge.id, 'role');
  }

  /** A role poll of an edge ended: if it sent a trap, it is polled in full next. */
  rolePolled(edgeId: string): void {
    if (this.#awaitingHealthPoll.delete(edgeId)) this.scheduler.hasten(edgeId, 'health');
  }

  /** The traps that a row's edges sent within the last minute. */
  of(row: ClusterMonitor, nowMonotonicMs: number): TrapEvidence[] {
    return row.edges.flatMap(({ id }) => recentEvidence(this.#evidence.get(id) ?? [], nowMonotonicMs));
  }
}
