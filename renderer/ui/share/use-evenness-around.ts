import {
  evennessAround,
  evennessStretches,
  type EvennessAround,
  type ActiveLbChange,
} from '../../../domain/past/evenness-around';
import type { ClusterView } from '../../../domain/model/snapshot';
import { thresholds } from '../../../domain/model/thresholds';
import { request } from '../../bridge/heron';
import { useBridgeQuery } from '../../bridge/use-query';
import { useViewStore } from '../../state/fleet/view';
import { useTimeStore } from '../../state/time/time';
import { requestLbMoves } from './request-lb-moves';
import { requestPolledShare } from './request-share';
import { pointsFor } from './share-over-time';

const refreshMs = 5000;
const leastStepMs = 10_000;
/** Only another move this close limits what is compared. */
const reachMs = thresholds.evennessSettleMs + thresholds.evennessWindowMs;
/** A sample is in the history at most this long after it was read. */
const writtenAfterMs = 30_000;

/**
 * How even a cluster's traffic was before and after its last failover or failback before T; null: there was none, or nothing is
 * read yet. Refreshed while the time after it is not over.
 */
export function useEvennessAround(cluster: () => ClusterView) {
  const view = useViewStore();
  const time = useTimeStore();

  async function fetch({ id, move, travelMs }: EvennessArgs): Promise<EvennessAround | null> {
    const moves = await requestLbMoves(id, {
      fromMs: Math.max(0, move.lastOldMs - reachMs),
      toMs: move.firstNewMs + reachMs,
    });
    const others = moves
      .map(({ bracket }) => bracket)
      .filter(({ firstNewMs }) => firstNewMs !== move.firstNewMs);
    const stretches = evennessStretches(move, others, Math.round(travelMs ?? view.atMs));
    const fromMs = Math.max(0, Math.floor(stretches.before.fromMs));
    const toMs = Math.ceil(Math.max(stretches.after.toMs, move.firstNewMs) + 1);
    const lengthMs = toMs - fromMs;
    const mostPoints = Math.max(2, Math.ceil(lengthMs / leastStepMs));
    const steps = await requestPolledShare(
      { clusterId: id, fromMs, toMs },
      (intervalMs) => Math.min(pointsFor(lengthMs, intervalMs), mostPoints),
      view.snapshot?.monitor.healthIntervalMs ?? 0,
    );
    const subjectIds = steps.edges.map(({ edgeId }) => edgeId);
    const spans = await request('history.spans', { fromMs, toMs, subjectIds });
    return evennessAround(steps, spans, stretches);
  }

  const { data, failure } = useBridgeQuery({
    request: 'history.share',
    name: 'evenness around a failover',
    subject: () => [cluster().id, cluster().lastFailover?.bracket],
    args: (): EvennessArgs | null => {
      const { id, lastFailover } = cluster();
      if (lastFailover === null) return null;
      return { id, move: lastFailover.bracket, travelMs: time.travelMs };
    },
    fetch,
    refreshMs: () => {
      const firstNewMs = cluster().lastFailover?.bracket.firstNewMs;
      if (firstNewMs === undefined || !time.live) return false;
      const endMs = firstNewMs + thresholds.evennessSettleMs + thresholds.evennessWindowMs;
      return view.atMs <= endMs + writtenAfterMs ? refreshMs : false;
    },
    oneAtATime: true,
  });
  return { around: data, failure };
}

interface EvennessArgs {
  id: string;
  move: ActiveLbChange;
  travelMs: number | null;
}
