import { holidaysIn, type Calendar } from '../../domain/calendar/calendar';
import { calendarWords } from '../../domain/calendar/calendar-text';
import { monthsIn } from '../../domain/calendar/zone';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { TimeRange } from '../../domain/model/history';
import { thresholds } from '../../domain/model/thresholds';
import { availabilityCells, availabilityColumns } from '../../domain/report/availability-export';
import type { AvailabilityRow } from '../../domain/report/report-facts';
import type { Cell } from '../../domain/report/table-text';
import { utcSecond } from '../../domain/words/time';
import type { HistoryReadable } from '../../db/client/history';
import type { Answer, QuestionScope } from './audit-answer';
import { availabilityRows, configuredIn, coveredPart } from './collect-report';

/** A longer range is no period that anybody agreed on an availability for, and a file may claim any. */
const longestRangeMs = 100 * 366 * 86_400_000;
/** Rows read at a time. */
const clustersAtATime = 50;

const targetColumns = [
  ...['target_percent', 'target_met', 'error_budget_ms', 'error_budget_used_at_least_ms'],
  ...['error_budget_used_at_most_ms', 'error_budget_left_at_least_ms', 'error_budget_left_at_most_ms'],
];

/**
 * The availability of each cluster and edge in the part of the range that the file covers, or in each month of it.
 * @throws RequestRefused when the range is too long.
 */
export async function availabilityAnswer(history: HistoryReadable, scope: QuestionScope): Promise<Answer> {
  const covered = await coveredPart(history, scope.range);
  if (covered !== null && covered.toMs - covered.fromMs > longestRangeMs)
    throw new RequestRefused({
      what: 'The range is longer than 100 years.',
      where: 'The range of the availability.',
      todo: 'Choose a shorter one.',
    });
  const cutNotes = await coverageNotes(history, scope.range, covered);
  const budget =
    scope.targetPercent === null ? [] : targetColumns.filter((name) => name !== 'target_percent');
  return {
    columns: [...availabilityColumns, ...targetColumns],
    shown: [
      ...['cluster', 'edge', ...(scope.monthly ? ['from_utc', 'to_utc'] : [])],
      ...['availability_worst_percent', 'availability_best_percent', 'monitored_availability_worst_percent'],
      ...['monitored_availability_best_percent', 'unavailable_ms', 'unknown_ms', 'unmonitored_ms'],
      ...['maintenance_ms', 'maintenance_unavailable_ms', 'not_counted_ms', 'not_configured_ms', ...budget],
    ],
    recordedColumn: 'to_utc',
    rows: covered === null ? noRows() : rowsOf(history, scope, covered),
    notes: [...cutNotes, ...(covered && scope.calendar ? calendarNotes(scope.calendar, covered) : [])],
  };
}

async function* noRows(): AsyncGenerator<Cell[]> {
  // Nothing to yield.
}

async function* rowsOf(
  history: HistoryReadable,
  { clusterIds, calendar, zone, monthly, targetPercent }: QuestionScope,
  range: TimeRange,
): AsyncGenerator<Cell[]> {
  const rows = await configuredIn(history, { range, clusterIds });
  const months = monthly ? monthsIn(calendar?.zone ?? zone ?? 'UTC', range) : [range];
  const cuts = months.slice(1).map(({ fromMs }) => fromMs);
  for (let first = 0; first < rows.length; first += clustersAtATime) {
    const some = rows.slice(first, first + clustersAtATime);
    for (const row of await availabilityRows(history, some, range, { cuts, calendar }))
      yield [...availabilityCells(row), ...targetCells(row, targetPercent)];
  }
}

/** The error budget is the time that may be unavailable; whether it was used up can be undecided, since unknown time may be either. */
function targetCells(row: AvailabilityRow, targetPercent: number | null): Cell[] {
  if (targetPercent === null || row.worst === null || row.best === null)
    return [targetPercent, null, null, null, null, null, null];
  const countedMs = row.availableMs + row.unavailableMs + row.unknownMs;
  // What binary fractions take from a whole number of milliseconds is not rounded down.
  const budgetMs = Math.floor((countedMs * (100 - targetPercent)) / 100 + 1e-3);
  const [least, most] = [row.unavailableMs, row.unavailableMs + row.unknownMs];
  const met = most <= budgetMs ? 'yes' : least > budgetMs ? 'no' : 'undecided';
  return [targetPercent, met, budgetMs, least, most, budgetMs - most, budgetMs - least];
}

/** What of the range the file does not cover. */
async function coverageNotes(
  history: HistoryReadable,
  range: TimeRange,
  covered: TimeRange | null,
): Promise<string[]> {
  const coverage = await history.coverage();
  if (coverage === null) return ['Nothing was ever monitored.'];
  const words = `The file covers ${utcSecond(coverage.firstMs)} to ${utcSecond(coverage.lastMs)} UTC.`;
  if (covered === null) return [`${words} Nothing of the range is in it.`];
  // A history that is being written is always a little behind.
  const early = range.toMs - covered.toMs > thresholds.runningGraceMs;
  const late = covered.fromMs > range.fromMs;
  if (!late && !early) return [];
  const which = late && early ? 'Earlier and later time is' : late ? 'Earlier time is' : 'Later time is';
  return [`${words} ${which} left out: it counts neither as up nor as down.`];
}

function calendarNotes(calendar: Calendar, covered: TimeRange): string[] {
  const holidays = holidaysIn(calendar, covered).map(({ date, name }) =>
    name === '' ? date : `${date} ${name}`,
  );
  const which = holidays.length > 0 ? [`Holidays in the range: ${holidays.join(', ')}.`] : [];
  return [`Only these hours count: ${calendarWords(calendar)}.`, ...which];
}
