import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { Change } from '../../domain/cluster/detect/change';
import type { Reading } from '../../domain/model/reading';
import type { TrapEvidence } from '../../domain/traps/evidence';
import type { Clock } from '../base/clock';
import type { Scheduler } from './scheduler';
import { TransitionPolls } from './transition-polls';
import { TrapHints } from './trap-hints';

/** Polls edges out of turn where a reading or a trap makes a new one worth having. */
export class FollowUpPolls {
  readonly #traps: TrapHints;
  readonly #transitions: TransitionPolls;

  constructor(
    private readonly scheduler: Pick<Scheduler, 'hasten'>,
    clock: Clock,
    roleIntervalMs: number,
  ) {
    this.#traps = new TrapHints(scheduler);
    this.#transitions = new TransitionPolls(scheduler, clock, roleIntervalMs);
  }

  afterTrap(evidence: TrapEvidence, row: ClusterMonitor): void {
    this.#traps.apply(evidence, row);
  }

  /** A role poll ended, whether or not its reading counts. */
  afterRolePoll(edgeId: string): void {
    this.#traps.rolePolled(edgeId);
  }

  /** `isNewFailure`: the edge answered its poll before this one. */
  afterReading(
    row: ClusterMonitor,
    { edgeId, kind }: Reading,
    changes: readonly Change[],
    isNewFailure: boolean,
  ): void {
    if (changes.some(isRoleChange)) this.#pollCluster(row, edgeId);
    // A health poll uses every source: it tells a lost packet from an edge that failed, and shows the cause.
    if (isNewFailure && kind === 'role') this.scheduler.hasten(edgeId, 'health');
    this.#transitions.apply(row);
  }

  /** The traps that a row's edges sent within the last minute. */
  trapsOf(row: ClusterMonitor, nowMonotonicMs: number): TrapEvidence[] {
    return this.#traps.of(row, nowMonotonicMs);
  }

  /** Polls the roles of the whole cluster, and all of the LB that held the role, for the cause. */
  #pollCluster(row: ClusterMonitor, readEdgeId: string): void {
    for (const { id } of row.edges) {
      if (id === row.activeEdgeId) this.scheduler.hasten(id, 'health');
      else if (id !== readEdgeId) this.scheduler.hasten(id, 'role');
    }
  }
}

function isRoleChange(change: Change): boolean {
  return (
    change.kind === 'detected' ||
    (change.kind === 'lb-role' && change.from !== 'unknown' && change.to !== 'unknown')
  );
}
