import path from 'node:path';
import { withCorrectedCause } from '../../domain/incidents/corrected-cause';
import type { TimeRange } from '../../domain/model/history';
import type { HeronEvent, HeronEventType, RecordedEvent } from '../../domain/model/event';
import type {
  AvailabilityRow,
  ReportFacts,
  ReportProof,
  ReportSubject,
} from '../../domain/report/report-facts';
import type { ClusterView } from '../../domain/model/snapshot';
import type { HistoryReadable } from '../../db/client/history';
import { causeCorrections, eventsForwards } from './read-events-forwards';
import { monitoredAvailability } from '../../domain/past/monitored-availability';
import { everyIncident } from './every-incident';

/** What a report covers. */
export interface ReportScope {
  range: TimeRange;
  clusterIds: readonly string[] | null;
  redacted: boolean;
  /** The history file, for its name. */
  file: string;
  nowMs: number;
  version: string;
  proof: ReportProof;
}

/** The events that a report lists. All others of the range appear in its incidents, states and gaps. */
const listedTypes: HeronEventType[] = ['failover', 'failback', 'no-active-lb', 'split-brain', 'lb-role'];

/** Collects everything in a report. Its clusters are all that were configured at some time in the range. */
export async function collectReport(history: HistoryReadable, scope: ReportScope): Promise<ReportFacts> {
  const { range } = scope;
  const rows = await rowsOf(history, scope);
  const subjects = rows.map(({ id, name }): ReportSubject => ({ id, name, clusterName: null }));
  const [spans, gaps, runs, availability, incidents, events, corrections] = await Promise.all([
    history.spans({ subjectIds: subjects.map(({ id }) => id.replace(/^edge:/, '')), ...range }),
    history.gaps(range),
    history.runs(),
    availabilityRows(history, rows, range),
    everyIncident(history, range, Math.min(scope.nowMs, range.toMs)),
    eventsIn(history, range),
    causeCorrections(history),
  ]);
  const ids = new Set(subjects.map(({ id }) => id));
  return {
    range,
    madeMs: scope.nowMs,
    madeBy: scope.version,
    file: scope.redacted ? 'an incident file with pseudonyms' : path.basename(scope.file),
    runs: runs.filter((run) => run.startMs < range.toMs && run.watchedUntilMs >= range.fromMs),
    redacted: scope.redacted,
    proof: scope.proof,
    subjects,
    spans: spans.filter(({ kind }) => kind !== 'lb-role'),
    gaps,
    availability,
    incidents: incidents.filter(
      ({ clusters }) => scope.clusterIds === null || clusters.some(({ id }) => ids.has(id)),
    ),
    events: events
      .filter(({ event }) => scope.clusterIds === null || concerns(event, ids))
      .map(({ id, event }) => ({ id, event: withCorrectedCause(event, corrections) })),
  };
}

/** Whether an event is about one of these rows, or about all. */
export function concerns(event: HeronEvent, ids: ReadonlySet<string>): boolean {
  if (event.type === 'gap') return event.clusters?.some(({ id }) => ids.has(id)) ?? true;
  if (!('clusterId' in event)) return true;
  if (event.clusterId !== null) return ids.has(event.clusterId);
  return !('edgeId' in event) || event.edgeId === null || ids.has(`edge:${event.edgeId}`);
}

/** The clusters and standalone edges of the range with all edges that they had in it, as they were last. */
export async function rowsOf(
  history: HistoryReadable,
  { range, clusterIds }: Pick<ReportScope, 'range' | 'clusterIds'>,
): Promise<ClusterView[]> {
  const coverage = await history.coverage();
  const firstMs = Math.max(range.fromMs, coverage?.firstMs ?? 0);
  const lastMs = Math.max(0, Math.min(range.toMs, coverage?.lastMs ?? range.toMs) - 1);
  // What was added and removed within the range is configured at neither end.
  const changes = await history.configurationChanges(range);
  const rows = new Map<string, ClusterView>();
  for (const atMs of new Set([firstMs, ...changes.map((change) => change.atMs), lastMs])) {
    const { clusters } = await history.snapshotAt({ atMs });
    for (const row of clusters) {
      const edges = new Map(
        [...(rows.get(row.id)?.edges ?? []), ...row.edges].map((edge) => [edge.id, edge]),
      );
      rows.set(row.id, { ...row, edges: [...edges.values()] });
    }
  }
  return [...rows.values()].filter(({ id }) => clusterIds?.includes(id) ?? true);
}

/** Each cluster, followed by its edges. */
export async function availabilityRows(
  history: HistoryReadable,
  rows: readonly ClusterView[],
  range: TimeRange,
): Promise<AvailabilityRow[]> {
  const named = rows.flatMap((row): ReportSubject[] => [
    { id: row.id, name: row.name, clusterName: null },
    ...(row.kind === 'cluster'
      ? row.edges.map(({ id, name }): ReportSubject => ({ id, name, clusterName: row.name }))
      : []),
  ]);
  const clusterIds = rows.flatMap((row) =>
    row.kind === 'cluster' ? [row.id, ...row.edges.map(() => row.id)] : [null],
  );
  const [found, gaps] = await Promise.all([
    history.availability({ subjectIds: named.map(({ id }) => id), ...range }),
    history.gaps(range),
  ]);
  return found.map((one, index) => ({
    ...one,
    name: named[index]?.name ?? one.subjectId,
    clusterName: named[index]?.clusterName ?? null,
    monitored: monitoredAvailability(one, range, gaps, clusterIds[index] ?? null),
  }));
}

async function eventsIn(history: HistoryReadable, range: TimeRange): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of eventsForwards(history, { types: listedTypes, range })) events.push(...page);
  return events;
}
