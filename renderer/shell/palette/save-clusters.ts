import type { ClusterView } from '../../../domain/model/snapshot';
import { request, RequestError } from '../../bridge/heron';
import { clusterColumns } from '../../views/clusters/columns/columns';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { tableText } from '../../ui/table/table-text';

/** Opens a save dialog for a CSV file of all clusters, worst first, with every column. Failures are shown in an alert. */
export async function saveClusters(clusters: readonly ClusterView[]): Promise<void> {
  const text = tableText('csv', [...clusters].sort(compareWorstFirst), clusterColumns);
  try {
    await request('text.save', { name: 'clusters', kind: 'csv', text });
  } catch (thrown) {
    if (!(thrown instanceof RequestError)) throw thrown;
    window.alert(`${thrown.failure.what} ${thrown.failure.todo}`);
  }
}
