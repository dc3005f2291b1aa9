import type { HistoryReadable } from '../../db/client/history';
import { openHistoryReadOnly } from '../../db/open-history';
import type { Workers } from '../../db/threads/workers';
import type { TimeRange } from '../../domain/model/history';
import { logSlowQuery } from '../../monitor/log/log';
import { UsageError } from './command-line';

/** Range and clusters as given on the command line; null or empty where left out. */
export interface AskedScope {
  from: number | null;
  to: number | null;
  clusters: readonly string[];
}

/** The range (default: all that the file covers) and the ids of the named clusters. @throws UsageError */
export async function scopeOf(
  file: string,
  workers: Workers,
  asked: AskedScope,
): Promise<{ range: TimeRange; clusterIds: string[] | null }> {
  const history = await openHistoryReadOnly({ file, workers, readers: 1, onSlowQuery: logSlowQuery });
  try {
    const coverage = await history.coverage();
    if (coverage === null) throw new UsageError('This history is empty: nothing was ever monitored.');
    const range = { fromMs: asked.from ?? coverage.firstMs, toMs: asked.to ?? coverage.lastMs };
    if (range.toMs <= range.fromMs)
      throw new UsageError('The range ends before it begins: --from must be before --to.');
    return {
      range,
      clusterIds: asked.clusters.length === 0 ? null : await idsOf(history, range, asked.clusters),
    };
  } finally {
    await history.close();
  }
}

/** The ids of clusters and standalone edges by any name that they had in the range. @throws UsageError */
export async function idsOf(
  history: HistoryReadable,
  range: TimeRange,
  names: readonly string[],
): Promise<string[]> {
  const rows = await history.configuredRows(range);
  return names.flatMap((name) => {
    const found = rows.filter((one) => one.id === name || one.names.includes(name));
    if (found.length > 0) return found.map(({ id }) => id);
    const known = [...new Set(rows.map((one) => one.name))].slice(0, 5).join(', ');
    throw new UsageError(
      `There is no cluster ${JSON.stringify(name)} in this range. There are: ${known || 'none'}.`,
    );
  });
}
