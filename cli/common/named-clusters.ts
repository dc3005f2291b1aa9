import type { HistoryReadable } from '../../db/client/history';
import { openHistoryReadOnly } from '../../db/open-history';
import type { TimeRange } from '../../domain/model/history';
import { UsageError } from './command-line';

/** What a command asks of a file, as written: each may be left out. */
export interface AskedScope {
  from: number | null;
  to: number | null;
  clusters: readonly string[];
}

/** The range (left out: all that is covered) and the ids of the clusters that are named, as this file knows them. @throws UsageError */
export async function scopeOf(
  file: string,
  workersUrl: URL,
  asked: AskedScope,
): Promise<{ range: TimeRange; clusterIds: string[] | null }> {
  const history = await openHistoryReadOnly({ file, workersUrl, readers: 1 });
  try {
    const coverage = await history.coverage();
    if (coverage === null) throw new UsageError('Nothing was ever watched in this history.');
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

async function idsOf(
  history: HistoryReadable,
  { fromMs, toMs }: TimeRange,
  names: readonly string[],
): Promise<string[]> {
  const snapshots = [
    await history.snapshotAt({ atMs: fromMs }),
    await history.snapshotAt({ atMs: toMs - 1 }),
  ];
  const rows = snapshots.flatMap(({ clusters }) => clusters);
  return names.map((name) => {
    const row = rows.find((one) => one.name === name || one.id === name);
    if (row) return row.id;
    const known = [...new Set(rows.map((one) => one.name))].slice(0, 5).join(', ');
    throw new UsageError(`There is no cluster ${JSON.stringify(name)} then. There are: ${known || 'none'}.`);
  });
}
