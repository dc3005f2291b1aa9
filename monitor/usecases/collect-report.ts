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
import type { Calendar } from '../../domain/calendar/calendar';
import type { ConfiguredRow } from '../../domain/past/configured-time';
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
  version: string;
  proof: ReportProof;
}

/** The events that a report lists. All others of the range appear in its incidents, states and gaps. */
const listedTypes: HeronEventType[] = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'users-gap',
  'lb-role',
];

/** Collects everything in a report. Its clusters are all that were configured at some time in the range. */
export async function collectReport(history: HistoryReadable, scope: ReportScope): Promise<ReportFacts> {
  const { range } = scope;
  const rows = await configuredIn(history, scope);
  const covered = await coveredPart(history, range);
  const subjects = rows.map(({ id, name }): ReportSubject => ({ id, name, clusterName: null }));
  const [spans, gaps, runs, availability, incidents, events, corrections] = await Promise.all([
    history.spans({ subjectIds: subjects.map(({ id }) => id.replace(/^edge:/, '')), ...range }),
    history.gaps(range),
    history.runs(),
    covered === null ? [] : availabilityRows(history, rows, covered),
    everyIncident(history, range, covered?.toMs ?? range.toMs),
    eventsIn(history, range),
    causeCorrections(history),
  ]);
  const ids = new Set(subjects.map(({ id }) => id));
  return {
    range,
    madeBy: scope.version,
    file: scope.redacted ? 'an incident file with pseudonyms' : path.basename(scope.file),
    runs: runs.filter((run) => run.startMs < range.toMs && run.watchedUntilMs >= range.fromMs),
    redacted: scope.redacted,
    proof: scope.proof,
    subjects,
    spans: spans.filter(({ kind }) => kind !== 'lb-role'),
    gaps,
    availability,
    covered,
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

/** What availability is measured in, where that is not the whole range around the clock. */
export interface AvailabilityTerms {
  /** Moments at which the range is cut: each part has rows of its own. */
  cuts: readonly number[];
  calendar: Calendar | null;
}

/** Each cluster and standalone edge of the range followed by its edges; each has a row for each part of the range, in order. */
export async function availabilityRows(
  history: HistoryReadable,
  rows: readonly ConfiguredRow[],
  range: TimeRange,
  { cuts, calendar }: AvailabilityTerms = { cuts: [], calendar: null },
): Promise<AvailabilityRow[]> {
  const subjects = rows.flatMap((row): ReportSubject[] => [
    { id: row.id, name: row.name, clusterName: null },
    ...(row.kind === 'cluster'
      ? row.edges.map(({ id, name }): ReportSubject => ({ id, name, clusterName: row.name }))
      : []),
  ]);
  const subjectIds = subjects.map(({ id }) => id);
  const found = await history.availability({ subjectIds, ...range, cuts: [...cuts], calendar });
  const parts = subjects.length > 0 ? found.length / subjects.length : 1;
  return found.map((one, index) => {
    const { name, clusterName } = subjects[Math.floor(index / parts)] ?? { name: '', clusterName: null };
    return { ...one, name, clusterName, monitored: monitoredAvailability(one) };
  });
}

/** The part of a range that the file covers; null: none of it. */
export async function coveredPart(history: HistoryReadable, range: TimeRange): Promise<TimeRange | null> {
  const coverage = await history.coverage();
  if (coverage === null) return null;
  const covered = {
    fromMs: Math.max(range.fromMs, coverage.firstMs),
    toMs: Math.min(range.toMs, coverage.lastMs),
  };
  return covered.toMs > covered.fromMs ? covered : null;
}

/** The configured clusters and standalone edges of the range. `clusterIds` null: all. */
export async function configuredIn(
  history: HistoryReadable,
  { range, clusterIds }: Pick<ReportScope, 'range' | 'clusterIds'>,
): Promise<ConfiguredRow[]> {
  const rows = await history.configuredRows(range);
  return rows.filter(({ id }) => clusterIds?.includes(id) ?? true);
}

async function eventsIn(history: HistoryReadable, range: TimeRange): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of eventsForwards(history, { types: listedTypes, range })) events.push(...page);
  return events;
}
