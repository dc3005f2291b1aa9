import { shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { Series, TimeRange } from '../../../domain/contract/past';
import { failureOf, request } from '../../bridge/heron';

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

/** Reads the readings of these edges in a range, by edge. Those of another range are let go at once. */
export function useLensReadings(wanted: () => { range: TimeRange; edgeIds: readonly string[] }) {
  const readings = shallowRef<ReadonlyMap<string, EdgeReadings>>(new Map());
  const failure = shallowRef<RequestFailure | null>(null);

  async function load(): Promise<void> {
    const asked = wanted();
    const { range, edgeIds } = asked;
    const points = Math.min(mostPoints, Math.max(1, Math.ceil((range.toMs - range.fromMs) / stepMs)));
    try {
      const of = { ...range, edgeIds: [...edgeIds], points };
      const [answers, ingress] = await Promise.all([
        request('history.series', { ...of, metric: 'latencyMs' }),
        request('history.series', { ...of, metric: 'lbInBitsPerSecond' }),
      ]);
      if (JSON.stringify(wanted()) !== JSON.stringify(asked)) return;
      readings.value = new Map(edgeIds.map((id) => [id, readingsOf(answers, ingress, id)]));
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'history.series');
    }
  }

  watch(
    () => JSON.stringify(wanted()),
    () => {
      readings.value = new Map();
      void load();
    },
    { immediate: true },
  );
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
