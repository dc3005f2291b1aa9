import { withCorrectedCause } from '../../domain/incidents/corrected-cause';
import { availabilityCells, availabilityColumns } from '../../domain/report/availability-export';
import type { AvailabilityRow } from '../../domain/report/report-facts';
import type { Cell } from '../../domain/report/table-text';
import type { HeronEvent, HeronEventType } from '../../domain/model/event';
import type { TimeRange } from '../../domain/model/history';
import type { ActiveLb } from '../../domain/model/snapshot';
import type { HistoryReadable } from '../../db/client/history';
import { availabilityRows, concerns, rowsOf } from './collect-report';
import { causeCorrections, eventsForwards } from './read-events-forwards';

/** The history that an audit query reads. */
export interface QuestionScope {
  range: TimeRange;
  /** Null: all. */
  clusterIds: readonly string[] | null;
  /** The moment for which `active-lb` is queried, UTC milliseconds. */
  atMs: number;
  /** The availability agreed on, in percent; null: none. */
  targetPercent: number | null;
  /** A row for each calendar month (UTC) of the range. */
  monthly: boolean;
}

/** The result of a query as a table. Its rows are read lazily. */
export interface Answer {
  columns: readonly string[];
  rows: AsyncIterable<Cell[]>;
}

type Question = (history: HistoryReadable, scope: QuestionScope) => Answer;

/** The questions that auditors ask, by name. Times are ISO 8601 in UTC, lengths in milliseconds. */
export const auditQuestions = {
  'active-lb': (history, scope) => ({
    columns: ['at_utc', 'cluster', 'active_lb', 'known', 'since_utc', 'cluster_state'],
    rows: activeLbs(history, scope),
  }),
  'role-changes': (history, scope) => ({
    columns: [
      ...['event', 'cluster', 'edge', 'from_role', 'to_role'],
      ...['last_reading_of_old_role_utc', 'first_reading_of_new_role_utc', 'recorded_utc'],
    ],
    rows: eventRows(history, scope, ['lb-role'], roleChange, isWithin(scope.range)),
  }),
  failovers: (history, scope) => ({
    columns: [
      ...['event', 'type', 'cluster', 'from_edge', 'to_edge', 'last_reading_of_old_state_utc'],
      ...['first_reading_of_new_state_utc', 'without_active_lb_at_least_ms', 'without_active_lb_at_most_ms'],
      ...['cause', 'evidence', 'recorded_utc'],
    ],
    rows: failovers(history, scope),
  }),
  notes: (history, scope) => ({
    columns: [
      ...['event', 'type', 'cluster', 'author', 'text', 'state', 'about', 'from_utc', 'to_utc'],
      ...['replaces_event', 'recorded_utc'],
    ],
    rows: eventRows(history, scope, ['note', 'acknowledged'], noteOrAcknowledgement, touches(scope.range)),
  }),
  configuration: (history, scope) => ({
    columns: ['at_utc', 'entry', 'field', 'before', 'after'],
    rows: configuration(history, scope),
  }),
  gaps: (history, scope) => ({
    columns: ['from_utc', 'to_utc', 'length_ms', 'reason', 'words', 'clusters'],
    rows: gaps(history, scope),
  }),
  availability: (history, scope) => ({
    columns: [
      ...availabilityColumns,
      ...['target_percent', 'target_met', 'error_budget_ms', 'error_budget_used_at_least_ms'],
      'error_budget_used_at_most_ms',
    ],
    rows: availability(history, scope),
  }),
} satisfies Record<string, Question>;

export type AuditQuestion = keyof typeof auditQuestions;

async function* activeLbs(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  const { atMs, clusterIds } = scope;
  const { clusters } = await history.snapshotAt({ atMs });
  for (const { id, kind, name, activeLb, health } of clusters) {
    if (kind === 'standalone' || !(clusterIds?.includes(id) ?? true)) continue;
    yield [iso(atMs), name, ...activeLbCells(activeLb), health];
  }
}

function activeLbCells(lb: ActiveLb): [edge: Cell, known: Cell, since: Cell] {
  switch (lb.kind) {
    case 'one':
      return [lb.edgeName, 'one', isoOrNull(lb.sinceMs)];
    case 'several':
      return [lb.edgeNames.join(', '), 'several', isoOrNull(lb.sinceMs)];
    case 'none':
      return [null, 'none', isoOrNull(lb.sinceMs)];
    case 'unknown':
      return [null, 'unknown', null];
    case 'not-applicable':
      return [null, 'not-applicable', null];
  }
}

async function* eventRows(
  history: HistoryReadable,
  { clusterIds }: QuestionScope,
  types: HeronEventType[],
  cells: (event: HeronEvent, id: number) => Cell[] | null,
  wanted: (event: HeronEvent) => boolean,
): AsyncGenerator<Cell[]> {
  const ids = clusterIds === null ? null : new Set(clusterIds);
  for await (const page of eventsForwards(history, { types })) {
    for (const { id, event } of page) {
      const row = wanted(event) && (ids === null || concerns(event, ids)) ? cells(event, id) : null;
      if (row) yield row;
    }
  }
}

/** With the causes as they are known now, which may be later than the range. */
async function* failovers(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  const corrections = await causeCorrections(history);
  const cells = (event: HeronEvent, id: number): Cell[] | null =>
    moved(withCorrectedCause(event, corrections), id);
  const types: HeronEventType[] = ['failover', 'failback', 'no-active-lb', 'split-brain'];
  yield* eventRows(history, scope, types, cells, isWithin(scope.range));
}

function roleChange(event: HeronEvent, id: number): Cell[] | null {
  if (event.type !== 'lb-role') return null;
  const { clusterName, edgeName, from, to, bracket, timeMs, recordedAtMs } = event;
  const firstMs = bracket?.firstNewMs ?? timeMs;
  return [
    id,
    clusterName,
    edgeName,
    from,
    to,
    isoOrNull(bracket?.lastOldMs ?? null),
    iso(firstMs),
    iso(recordedAtMs),
  ];
}

function moved(event: HeronEvent, id: number): Cell[] | null {
  if (!('bracket' in event) || event.type === 'lb-role') return null;
  const { type, clusterName, bracket, recordedAtMs } = event;
  const move = 'gapMs' in event ? event : null;
  const edges =
    event.type === 'split-brain'
      ? [null, event.edgeNames.join(', ')]
      : event.type === 'no-active-lb'
        ? [event.lastActiveEdgeName, null]
        : [event.fromEdgeName, event.toEdgeName];
  return [
    ...[id, type, clusterName, ...edges, iso(bracket.lastOldMs), iso(bracket.firstNewMs)],
    ...[move?.gapMs.atLeast ?? null, move?.gapMs.atMost ?? null],
    ...[move?.cause.kind ?? null, move?.cause.evidence.join('; ') ?? null, iso(recordedAtMs)],
  ];
}

function noteOrAcknowledgement(event: HeronEvent, id: number): Cell[] | null {
  if (event.type === 'acknowledged') {
    const type = event.ended === null ? 'acknowledged' : `acknowledgement ended (${event.ended})`;
    const times = [iso(event.timeMs), null, null, iso(event.recordedAtMs)];
    return [id, type, event.clusterName, event.by, event.words, event.health, 'problem', ...times];
  }
  if (event.type !== 'note') return null;
  const { about, replaces, withdrawn } = event;
  const type = withdrawn ? 'note withdrawn' : replaces === null ? 'note' : 'note replaced';
  const words = about.kind === 'incident' ? `incident ${about.incidentId}` : about.kind;
  const to = about.kind === 'time' ? iso(about.toMs) : null;
  const times = [iso(event.timeMs), to, replaces, iso(event.recordedAtMs)];
  return [id, type, event.clusterName, event.author, event.text, null, words, ...times];
}

async function* configuration(history: HistoryReadable, { range }: QuestionScope): AsyncGenerator<Cell[]> {
  for (const change of await history.configurationChanges(range))
    yield [iso(change.atMs), change.entry, change.field, change.before, change.after];
}

async function* gaps(history: HistoryReadable, { range, clusterIds }: QuestionScope): AsyncGenerator<Cell[]> {
  for (const gap of await history.gaps(range)) {
    if (clusterIds && gap.clusterIds && !gap.clusterIds.some((id) => clusterIds.includes(id))) continue;
    const length = gap.toMs - gap.fromMs;
    const of = gap.clusterIds?.join(', ') ?? 'all';
    yield [iso(gap.fromMs), iso(gap.toMs), length, gap.reason, gap.words, of];
  }
}

async function* availability(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  for (const range of scope.monthly ? monthsOf(scope.range) : [scope.range]) {
    const rows = await rowsOf(history, { range, clusterIds: scope.clusterIds });
    for (const row of await availabilityRows(history, rows, range))
      yield [...availabilityCells(row, { range }), ...targetCells(row, scope.targetPercent)];
  }
}

/** The error budget is the time that may be unavailable; whether it was used up can be undecided, since unknown time may be either. */
function targetCells(row: AvailabilityRow, targetPercent: number | null): Cell[] {
  if (targetPercent === null || row.worst === null || row.best === null)
    return [targetPercent, null, null, null, null];
  const countedMs = row.availableMs + row.unavailableMs + row.unknownMs;
  // What binary fractions take from a whole number of milliseconds is not rounded down.
  const budgetMs = Math.floor((countedMs * (100 - targetPercent)) / 100 + 1e-3);
  const [least, most] = [row.unavailableMs, row.unavailableMs + row.unknownMs];
  const met = most <= budgetMs ? 'yes' : least > budgetMs ? 'no' : 'undecided';
  return [targetPercent, met, budgetMs, least, most];
}

/** The range cut at the beginnings of calendar months, UTC. */
export function monthsOf({ fromMs, toMs }: TimeRange): TimeRange[] {
  const months: TimeRange[] = [];
  for (let atMs = fromMs; atMs < toMs;) {
    const day = new Date(atMs);
    const nextMs = Math.min(toMs, Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1));
    months.push({ fromMs: atMs, toMs: nextMs });
    atMs = nextMs;
  }
  return months;
}

/** A bracketed event belongs to a range that its bracket touches: when in the bracket it happened is not known. */
function isWithin({ fromMs, toMs }: TimeRange): (event: HeronEvent) => boolean {
  return (event) => {
    const bracket = 'bracket' in event ? event.bracket : null;
    return (bracket?.lastOldMs ?? event.timeMs) < toMs && (bracket?.firstNewMs ?? event.timeMs) >= fromMs;
  };
}

/** A note belongs to the range in which it was recorded, and to that which it is about. */
function touches({ fromMs, toMs }: TimeRange): (event: HeronEvent) => boolean {
  return (event) => {
    const aboutMs = event.type === 'note' && event.about.kind === 'time' ? event.about.toMs : event.timeMs;
    const recorded = event.recordedAtMs >= fromMs && event.recordedAtMs < toMs;
    return recorded || (event.timeMs < toMs && aboutMs >= fromMs);
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
