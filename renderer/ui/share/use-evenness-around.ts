import { useIntervalFn } from '@vueuse/core';
import {
  evennessAround,
  evennessStretches,
  type EvennessAround,
  type LbMove,
} from '../../../domain/past/evenness-around';
import type { ClusterView } from '../../../domain/model/snapshot';
import { thresholds } from '../../../domain/model/thresholds';
import { request } from '../../bridge/heron';
import { useLatest } from '../../bridge/use-latest';
import { useTimeStore } from '../../state/time/time';
import { useViewStore } from '../../state/fleet/view';
import { requestShare } from './request-share';
import { pointsFor } from './share-over-time';

const refreshMs = 5000;
const leastStepMs = 10_000;

/**
 * How even a cluster's traffic was before and after its last failover or failback before T; null: none was seen, or nothing is
 * read yet. `moves`: all that are known of this cluster. Read again while the time after it goes on.
 */
export function useEvennessAround(cluster: () => ClusterView, moves: () => readonly LbMove[]) {
  const view = useViewStore();
  const time = useTimeStore();

  async function ask(): Promise<EvennessAround | null> {
    const { id, lastFailover } = cluster();
    if (lastFailover === null) return null;
    const move = lastFailover.bracket;
    const others = moves().filter(({ firstNewMs }) => firstNewMs !== move.firstNewMs);
    const stretches = evennessStretches(move, others, Math.round(time.travelMs ?? view.atMs));
    const fromMs = Math.max(0, Math.floor(stretches.before.fromMs));
    const toMs = Math.ceil(Math.max(stretches.after.toMs, move.firstNewMs) + 1);
    const lengthMs = toMs - fromMs;
    const intervalMs = view.snapshot?.monitor.healthIntervalMs ?? 0;
    const points = Math.min(pointsFor(lengthMs, intervalMs), Math.max(2, Math.ceil(lengthMs / leastStepMs)));
    const steps = await requestShare({ clusterId: id, fromMs, toMs, points });
    const subjectIds = steps.edges.map(({ edgeId }) => edgeId);
    const spans = await request('history.spans', { fromMs, toMs, subjectIds });
    return evennessAround(steps, spans, stretches);
  }

  const subject = (): string => JSON.stringify([cluster().id, cluster().lastFailover?.bracket]);
  const { answer, failure, again } = useLatest({
    wanted: () => JSON.stringify([subject(), time.travelMs, moves().length]),
    subject,
    ask,
    where: 'history.share',
  });
  useIntervalFn(() => {
    const firstNewMs = cluster().lastFailover?.bracket.firstNewMs;
    if (firstNewMs === undefined || !time.live) return;
    const endMs = firstNewMs + thresholds.evennessSettleMs + thresholds.evennessWindowMs;
    // The last samples are written a little after they were read.
    if (view.atMs <= endMs + 6 * refreshMs) void again();
  }, refreshMs);
  return { around: answer, failure };
}
