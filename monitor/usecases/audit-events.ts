import { withCorrectedCause } from '../../domain/incidents/corrected-cause';
import { usersGapOf } from '../../domain/incidents/incident-metrics';
import { isAlertEvent, type HeronEvent, type HeronEventType } from '../../domain/model/event';
import type { TimeRange } from '../../domain/model/history';
import type { Cell } from '../../domain/report/table-text';
import type { HistoryReadable } from '../../db/client/history';
import {
  acknowledgementType,
  alertCells,
  alertColumns,
  alertColumnsHidden,
  silenceCells,
  silenceColumns,
  silenceColumnsHidden,
} from './audit-alerts';
import { iso } from './iso-time';
import { maintenanceCells, maintenanceColumns } from './audit-maintenance';
import type { Answer, QuestionScope } from './audit-answer';
import { concerns } from './collect-report';
import { causeCorrections, eventsForwards } from './read-events-forwards';

type EventAnswer = (history: HistoryReadable, scope: QuestionScope) => Answer;

/** The questions that events answer: one row for each event that belongs to the range. */
export const eventAnswers = {
  'role-changes': eventAnswer(
    [
      ...['event', 'cluster', 'edge', 'from_role', 'to_role'],
      ...['last_reading_of_old_role_utc', 'first_reading_of_new_role_utc', 'recorded_utc'],
    ],
    { types: ['lb-role'], cells: roleChange, within: isWithin, hidden: ['recorded_utc'] },
  ),
  failovers,
  alerts: eventAnswer(alertColumns, {
    types: ['alert', 'alert-changed', 'alert-cleared', 'acknowledged'],
    cells: alertCells,
    within: touches,
    hidden: alertColumnsHidden,
  }),
  silences: eventAnswer(
    silenceColumns,
    {
      types: ['silence', 'silence-ended'],
      cells: silenceCells,
      within: touches,
      hidden: silenceColumnsHidden,
    },
    ['A silence has patterns, not clusters: those of all clusters are listed.'],
  ),
  acknowledgements: eventAnswer(
    ['event', 'type', 'cluster', 'author', 'text', 'state', 'at_utc', 'recorded_utc'],
    { types: ['acknowledged'], cells: acknowledgement, within: touches, hidden: ['recorded_utc'] },
  ),
  maintenance: eventAnswer(maintenanceColumns, {
    types: ['maintenance', 'maintenance-planned', 'maintenance-changed', 'maintenance-cancelled'],
    cells: maintenanceCells,
    within: touches,
    hidden: ['matches', 'schedule', 'recorded_utc'],
  }),
  notes: eventAnswer(
    [
      ...['event', 'type', 'cluster', 'author', 'text', 'state', 'about', 'from_utc', 'to_utc'],
      ...['replaces_event', 'recorded_utc'],
    ],
    {
      types: ['note', 'acknowledged'],
      cells: noteOrAcknowledgement,
      within: touches,
      hidden: ['state', 'replaces_event'],
    },
  ),
} satisfies Record<string, EventAnswer>;

/** With the causes as they are known now, which may be later than the range. */
function failovers(history: HistoryReadable, scope: QuestionScope): Answer {
  const columns = [
    ...['event', 'type', 'cluster', 'from_edge', 'to_edge', 'last_reading_of_old_state_utc'],
    ...['first_reading_of_new_state_utc', 'without_active_lb_at_least_ms', 'without_active_lb_at_most_ms'],
    ...['cause', 'evidence', 'recorded_utc'],
    ...['users_not_served_at_least_ms', 'users_not_served_at_most_ms'],
  ];
  return {
    columns,
    shown: columns.filter((name) => !['event', 'evidence', 'recorded_utc'].includes(name)),
    recordedColumn: 'recorded_utc',
    rows: failoverRows(history, scope),
    notes: [],
  };
}

async function* failoverRows(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  const corrections = await causeCorrections(history);
  const cells = (event: HeronEvent, id: number): Cell[] | null =>
    moved(withCorrectedCause(event, corrections), id);
  const types: HeronEventType[] = ['failover', 'failback', 'no-active-lb', 'split-brain', 'users-gap'];
  yield* eventRows(history, scope, types, cells, isWithin(scope.range));
}

interface EventQuestion {
  types: HeronEventType[];
  /** Null: no row. */
  cells(event: HeronEvent, id: number): Cell[] | null;
  /** Whether an event belongs to a range. */
  within(range: TimeRange): (event: HeronEvent) => boolean;
  /** Columns that a table for people leaves out, beside the number of the event. */
  hidden: string[];
}

function eventAnswer(
  columns: string[],
  { types, cells, within, hidden }: EventQuestion,
  notes: readonly string[] = [],
): EventAnswer {
  return (history, scope) => ({
    columns,
    shown: columns.filter((name) => name !== 'event' && !hidden.includes(name)),
    recordedColumn: 'recorded_utc',
    rows: eventRows(history, scope, types, cells, within(scope.range)),
    notes: [...notes],
  });
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

function roleChange(event: HeronEvent, id: number): Cell[] | null {
  if (event.type !== 'lb-role') return null;
  const { clusterName, edgeName, from, to, bracket, timeMs, recordedAtMs } = event;
  const lastMs = bracket?.lastOldMs ?? null;
  const firstMs = bracket?.firstNewMs ?? timeMs;
  const times = [lastMs === null ? null : iso(lastMs), iso(firstMs), iso(recordedAtMs)];
  return [id, clusterName, edgeName, from, to, ...times];
}

function moved(event: HeronEvent, id: number): Cell[] | null {
  if (!('bracket' in event) || event.type === 'lb-role' || isAlertEvent(event)) return null;
  const { type, clusterName, bracket, recordedAtMs } = event;
  const move = 'gapMs' in event ? event : null;
  const users = usersGapOf(event);
  return [
    ...[id, type, clusterName, ...edgesOf(event), iso(bracket.lastOldMs), iso(bracket.firstNewMs)],
    ...[move?.gapMs.atLeast ?? null, move?.gapMs.atMost ?? null],
    ...[move?.cause.kind ?? null, move?.cause.evidence.join('; ') ?? null, iso(recordedAtMs)],
    ...[users?.atLeast ?? null, users?.atMost ?? null],
  ];
}

function edgesOf(event: HeronEvent): [from: Cell, to: Cell] {
  switch (event.type) {
    case 'failover':
    case 'failback':
      return [event.fromEdgeName, event.toEdgeName];
    case 'no-active-lb':
      return [event.lastActiveEdgeName, null];
    case 'split-brain':
      return [null, event.edgeNames.join(', ')];
    default:
      return [null, null];
  }
}

function acknowledgement(event: HeronEvent, id: number): Cell[] | null {
  if (event.type !== 'acknowledged') return null;
  const { clusterName, by, words, health, timeMs, recordedAtMs } = event;
  return [id, acknowledgementType(event), clusterName, by, words, health, iso(timeMs), iso(recordedAtMs)];
}

function noteOrAcknowledgement(event: HeronEvent, id: number): Cell[] | null {
  if (event.type === 'acknowledged') {
    const times = [iso(event.timeMs), null, null, iso(event.recordedAtMs)];
    const { clusterName, by, words, health } = event;
    return [id, acknowledgementType(event), clusterName, by, words, health, 'problem', ...times];
  }
  if (event.type !== 'note') return null;
  const { about, replaces, withdrawn } = event;
  const type = withdrawn ? 'note withdrawn' : replaces === null ? 'note' : 'note replaced';
  const words = about.kind === 'incident' ? `incident ${about.incidentId}` : about.kind;
  const to = about.kind === 'time' ? iso(about.toMs) : null;
  const times = [iso(event.timeMs), to, replaces, iso(event.recordedAtMs)];
  return [id, type, event.clusterName, event.author, event.text, null, words, ...times];
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
