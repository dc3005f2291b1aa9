import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../../domain/contract/contract';
import type { Series, TimeRange } from '../../../../domain/model/history';
import { failureOf, request } from '../../../bridge/heron';

/** When an edge was read in a lens, and what came in at its LB then. */
export interface EdgeReadings {
  answeredMs: number[];
  /** Polls that were not answered. */
  silentMs: number[];
  /** At the LB interface. */
  ingress: { atMs: number; bitsPerSecond: number }[];
}

const stepMs = 200;
const mostPoints = 4000;
const refreshMs = 2000;
/** What was polled is in the history so long after at the latest. */
const settledMs = 15_000;

/**
 * The readings of these edges in a range, by edge; null until they were read. While the range reaches to now it is read on. An
 * answer to what is not asked any more is let go.
 */
export function useLensReadings(
  wanted: () => { range: TimeRange; edgeIds: readonly string[] },
  nowMs: () => number,
) {
  const readings = shallowRef<ReadonlyMap<string, EdgeReadings> | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  const key = computed(() => JSON.stringify(wanted()));

  async function load(): Promise<void> {
    const asked = key.value;
    const { range, edgeIds } = wanted();
    const points = Math.min(mostPoints, Math.max(1, Math.ceil((range.toMs - range.fromMs) / stepMs)));
    try {
      const of = { ...range, edgeIds: [...edgeIds], points };
      const [answers, ingress] = await Promise.all([
        request('history.series', { ...of, metric: 'latencyMs' }),
        request('history.series', { ...of, metric: 'lbInBitsPerSecond' }),
      ]);
      if (key.value !== asked) return;
      readings.value = new Map(edgeIds.map((id) => [id, readingsOf(answers, ingress, id)]));
      failure.value = null;
    } catch (thrown) {
      if (key.value === asked) failure.value = failureOf(thrown, 'history.series');
    }
  }

  watch(
    key,
    () => {
      readings.value = null;
      failure.value = null;
      void load();
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    if (wanted().range.toMs > nowMs() - settledMs) void load();
  }, refreshMs);
  return { readings, failure };
}

/** Minutes and hours are no readings: where only those are kept, there are none. */
function readingsOf(answers: Series, ingress: Series, edgeId: string): EdgeReadings {
  const answered = answers.level === 'sample' ? answers.byEdge[edgeId] : undefined;
  const bits = ingress.level === 'sample' ? ingress.byEdge[edgeId] : undefined;
  const middles = (series: Series): number[] => series.times.map((ms) => ms + series.stepMs / 2);
  return {
    answeredMs: middles(answers).filter((_, index) => (answered?.count[index] ?? 0) > 0),
    silentMs: middles(answers).filter((_, index) => (answered?.unknown[index] ?? 0) > 0),
    ingress: middles(ingress).flatMap((atMs, index) => {
      const bitsPerSecond = bits?.avg[index] ?? null;
      return bitsPerSecond === null ? [] : [{ atMs, bitsPerSecond }];
    }),
  };
}
