import type { Series, TimeRange } from '../../../../domain/model/history';
import { request } from '../../../bridge/heron';
import { useBridgeQuery } from '../../../bridge/use-query';

/** The polls of an edge in a lens, and the ingress of its LB. */
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
/** A reading is in the history at most this long after its poll. */
const writtenAfterMs = 15_000;

interface LensArgs {
  range: TimeRange;
  edgeIds: readonly string[];
}

/** The readings of these edges in a range, by edge; null until they are read. Refreshed while the range reaches to now. */
export function useLensReadings(args: () => LensArgs, nowMs: () => number) {
  const { data, failure } = useBridgeQuery({
    request: 'history.series',
    name: 'readings in a lens',
    subject: args,
    args,
    fetch: readLens,
    refreshMs: () => (args().range.toMs > nowMs() - writtenAfterMs ? refreshMs : false),
  });
  return { readings: data, failure };
}

async function readLens({ range, edgeIds }: LensArgs): Promise<ReadonlyMap<string, EdgeReadings>> {
  const points = Math.min(mostPoints, Math.max(1, Math.ceil((range.toMs - range.fromMs) / stepMs)));
  const asked = { ...range, edgeIds: [...edgeIds], points };
  const [answers, ingress] = await Promise.all([
    request('history.series', { ...asked, metric: 'latencyMs' }),
    request('history.series', { ...asked, metric: 'lbInBitsPerSecond' }),
  ]);
  return new Map(edgeIds.map((id) => [id, readingsOf(answers, ingress, id)]));
}

/** Rollups of minutes and hours are not readings: where only those are retained, there are none. */
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
