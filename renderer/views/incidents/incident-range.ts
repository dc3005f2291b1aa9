import { isUnacknowledged } from '../../../domain/words/acknowledgements';
import type { Incident } from '../../../domain/model/incident';
import type { ClusterView } from '../../../domain/model/snapshot';

const leastLeadMs = 10_000;

/** The range that an incident's timeline shows: a tenth more on both sides, at least ten seconds. */
export function rangeOf(
  { startMs, endMs }: Pick<Incident, 'startMs' | 'endMs'>,
  nowMs: number,
): { fromMs: number; toMs: number } {
  const untilMs = Math.max(startMs, endMs ?? nowMs);
  const leadMs = Math.max(leastLeadMs, (untilMs - startMs) / 10);
  return { fromMs: Math.round(startMs - leadMs), toMs: Math.round(untilMs + leadMs) };
}

/** The time of an incident, from the range that its timeline shows: the inverse of `rangeOf`. */
export function incidentSpan({ fromMs, toMs }: { fromMs: number; toMs: number }): {
  fromMs: number;
  toMs: number;
} {
  const leadMs = Math.max(leastLeadMs, (toMs - fromMs) / 12);
  return { fromMs: fromMs + leadMs, toMs: toMs - leadMs };
}

/** The rows of an incident's clusters and standalone edges that are in the inventory. */
export function rowsOf(
  { clusters, edges }: Pick<Incident, 'clusters' | 'edges'>,
  rows: readonly ClusterView[],
): ClusterView[] {
  const clusterIds = new Set(clusters.map(({ id }) => id));
  const edgeIds = new Set(edges.map(({ id }) => id));
  return rows.filter((row) =>
    row.kind === 'cluster' ? clusterIds.has(row.id) : row.edges.some(({ id }) => edgeIds.has(id)),
  );
}

/** Which notes belong to an incident. */
export function noteScope({ id, startMs, endMs, clusters }: Incident) {
  return { id, startMs, endMs, clusterIds: clusters.map((cluster) => cluster.id) };
}

/** The ids of the rows with something unacknowledged. */
export function unacknowledgedRows(rows: readonly ClusterView[]): string[] {
  return rows.filter(isUnacknowledged).map(({ id }) => id);
}
