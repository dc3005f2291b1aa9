import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import {
  evennessAround,
  evennessStretches,
  type EvennessAround,
  type LbMove,
} from '../../domain/assess/evenness-around';
import type { RequestFailure } from '../../domain/contract/contract';
import type { ClusterView } from '../../domain/snapshot';
import { thresholds } from '../../domain/thresholds';
import { failureOf, request } from '../bridge/heron';
import { useTimeStore } from '../stores/time';
import { useViewStore } from '../stores/view';
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
  const around = shallowRef<EvennessAround | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  let asking = false;

  async function load(): Promise<void> {
    const { id, lastFailover } = cluster();
    if (asking || lastFailover === null) return;
    asking = true;
    const move = lastFailover.bracket;
    const others = moves().filter(({ firstNewMs }) => firstNewMs !== move.firstNewMs);
    const stretches = evennessStretches(move, others, Math.round(view.atMs));
    const fromMs = Math.max(0, Math.floor(stretches.before.fromMs));
    const toMs = Math.ceil(Math.max(stretches.after.toMs, move.firstNewMs) + 1);
    try {
      const lengthMs = toMs - fromMs;
      const intervalMs = view.snapshot?.monitor.healthIntervalMs ?? 0;
      const points = Math.min(
        pointsFor(lengthMs, intervalMs),
        Math.max(2, Math.ceil(lengthMs / leastStepMs)),
      );
      const steps = await request('share.series', { clusterId: id, fromMs, toMs, points });
      const subjectIds = steps.edges.map(({ edgeId }) => edgeId);
      const spans = await request('history.spans', { fromMs, toMs, subjectIds });
      if (id === cluster().id) around.value = evennessAround(steps, spans, stretches);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'share.series');
    } finally {
      asking = false;
    }
  }

  watch(
    () => JSON.stringify([cluster().id, cluster().lastFailover?.bracket, time.travelMs, moves().length]),
    () => {
      if (cluster().lastFailover === null) around.value = null;
      void load();
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    const firstNewMs = cluster().lastFailover?.bracket.firstNewMs;
    if (firstNewMs === undefined || !time.live) return;
    const endMs = firstNewMs + thresholds.evennessSettleMs + thresholds.evennessWindowMs;
    // The last samples are written a little after they were read.
    if (view.atMs <= endMs + 6 * refreshMs) void load();
  }, refreshMs);
  return { around, failure };
}
