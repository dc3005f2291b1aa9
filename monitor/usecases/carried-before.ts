import type { HistoryReadable } from '../../db/client/history';
import type { ClusterView } from '../../domain/model/snapshot';
import { isDisabledAtVendor } from '../../domain/vendor/drift';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';

const dayMs = 24 * 3_600_000;

/** The mean traffic of a cluster in the last day by the history, bits per second; null: no reading of it. */
export async function carriedBefore(
  history: Pick<HistoryReadable, 'share'>,
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

/** The traffic that clusters which the vendor has disabled had before, by name, where their rows have none now. */
export async function trafficOfDisabled(
  { clusters }: Pick<VendorInventory, 'clusters'>,
  rows: readonly ClusterView[],
  carried: (clusterId: string) => Promise<number | null>,
): Promise<ReadonlyMap<string, number>> {
  const disabled = new Set(clusters.filter(isDisabledAtVendor).map(({ name }) => name));
  const rates = new Map<string, number>();
  for (const { id, name, bitsPerSecond } of rows) {
    if (!disabled.has(name) || bitsPerSecond !== null) continue;
    const rate = await carried(id);
    if (rate !== null) rates.set(name, rate);
  }
  return rates;
}
