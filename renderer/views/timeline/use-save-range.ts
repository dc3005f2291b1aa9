import { shallowRef } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import type { ClusterView } from '../../../domain/model/snapshot';
import { bytes } from '../../../domain/words/amount';
import { useCommand } from '../../bridge/use-command';

/** Saves a range and the clusters that are shown as one file that any Heron opens. `rows` null: all clusters. */
export function useSaveRange() {
  const { busy, failure, run } = useCommand('incident.save');
  const saved = shallowRef('');

  async function save(range: TimeRange, rows: readonly ClusterView[] | null): Promise<void> {
    saved.value = '';
    const made = await run({ range, clusterIds: rows && idsOf(rows), redact: false });
    if (made) saved.value = `Saved as ${made.file}, ${bytes(made.sizeBytes)}.`;
  }
  return { busy, failure, saved, save };
}

/** Clusters, and the edges that are none's. */
function idsOf(rows: readonly ClusterView[]): string[] {
  return rows.flatMap((row) => (row.kind === 'cluster' ? [row.id] : row.edges.map(({ id }) => id)));
}

/** What is saved: what was measured, else what is shown, up to now, in whole milliseconds. */
export function rangeToSave(measured: TimeRange | null, shown: TimeRange, nowMs: number): TimeRange {
  const ends = measured && [measured.fromMs, measured.toMs].sort((a, b) => a - b);
  const [fromMs = shown.fromMs, toMs = shown.toMs] = ends && ends[0] !== ends[1] ? ends : [];
  const beginMs = Math.max(0, Math.floor(Math.min(fromMs, nowMs - 1)));
  return { fromMs: beginMs, toMs: Math.max(beginMs + 1, Math.ceil(Math.min(toMs, nowMs))) };
}
