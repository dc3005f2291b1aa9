import { roundedPercent } from '../words/amount';
import type { Rounding } from '../words/duration';
import type { AvailabilityRow, ReportFacts } from './report-facts';
import { csvLine, type Cell } from './table-text';

/** The columns of an exported availability table: units and UTC are in the names. */
const columns: [name: string, of: (row: AvailabilityRow) => Cell][] = [
  ['cluster', (row) => row.clusterName ?? row.name],
  ['edge', (row) => (row.clusterName === null && row.kind === 'cluster' ? null : row.name)],
  ['from_utc', (row) => new Date(row.fromMs).toISOString()],
  ['to_utc', (row) => new Date(row.toMs).toISOString()],
  ['availability_worst_percent', (row) => percentValue(row.worst, 'down')],
  ['availability_best_percent', (row) => percentValue(row.best, 'up')],
  ['monitored_ms', (row) => row.monitored.ms],
  ['monitored_availability_worst_percent', (row) => percentValue(row.monitored.worst, 'down')],
  ['monitored_availability_best_percent', (row) => percentValue(row.monitored.best, 'up')],
  ['unknown_percent', (row) => percentValue(row.unknownShare, 'up')],
  ['available_ms', (row) => row.availableMs],
  ['unavailable_ms', (row) => row.unavailableMs],
  ['unknown_ms', (row) => row.unknownMs],
  ['unmonitored_ms', (row) => row.unmonitoredMs],
  ['maintenance_ms', (row) => row.maintenanceMs],
  ['maintenance_unavailable_ms', (row) => row.maintenanceUnavailableMs],
  ['maintenance_unknown_ms', (row) => row.maintenanceUnknownMs],
  ['not_counted_ms', (row) => row.notCountedMs],
  ['not_configured_ms', (row) => row.notConfiguredMs],
  ['outside_hours_ms', (row) => row.outsideHoursMs],
  ['failovers', (row) => row.failovers],
  ['failbacks', (row) => row.failbacks],
  ['longest_without_active_lb_at_least_ms', (row) => row.longestNoActiveLbMs?.atLeast ?? null],
  ['longest_without_active_lb_at_most_ms', (row) => row.longestNoActiveLbMs?.atMost ?? null],
];

/** The names of the columns, and the values of one row in their order. */
export const availabilityColumns = columns.map(([name]) => name);
export function availabilityCells(row: AvailabilityRow): Cell[] {
  return columns.map(([, of]) => of(row));
}

/** The availability table as CSV (RFC 4180) or JSON. Nothing known is empty, or null. */
export function availabilityText(kind: 'csv' | 'json', facts: Pick<ReportFacts, 'availability'>): string {
  if (kind === 'json') {
    const rows = facts.availability.map((row) =>
      Object.fromEntries(columns.map(([name, of]) => [name, of(row)])),
    );
    return `${JSON.stringify(rows, null, 2)}\n`;
  }
  const lines = [
    columns.map(([name]) => name),
    ...facts.availability.map((row) => columns.map(([, of]) => of(row))),
  ];
  return lines.map((cells) => csvLine(cells)).join('');
}

function percentValue(part: number | null, rounding: Rounding): number | null {
  return part === null ? null : roundedPercent(part, rounding, 6);
}
