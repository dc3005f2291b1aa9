import type { History } from '../../db/client/history';

const dayMs = 24 * 3_600_000;

/** The mean traffic of a cluster in the last day by the history, bits per second; null: no reading of it. */
export async function carriedBefore(
  history: Pick<History, 'share'>,
  clusterId: string,
  nowMs: number,
): Promise<number | null> {
  const toMs = Math.round(nowMs);
  const series = await history.share({ clusterId, points: 24, fromMs: toMs - dayMs, toMs });
  if (series === null) return null;
  const sums = series.times.flatMap((_, step) => {
    const known = series.edges.flatMap(({ bitsPerSecond }) => bitsPerSecond[step] ?? []);
    return known.length === 0 ? [] : [known.reduce((sum, rate) => sum + rate, 0)];
  });
  return sums.length === 0 ? null : sums.reduce((sum, rate) => sum + rate, 0) / sums.length;
}
