import type { Incident } from '../../../domain/model/incident';
import type { Acknowledgement, IncidentMetrics } from '../../../domain/incidents/incident-metrics';
import type { MonthMetrics } from '../../../domain/incidents/metrics-by-month';
import { isoTime } from '../../ui/table/iso-time';
import type { TableColumn } from '../../ui/table/table-column';

export interface IncidentRowData {
  incident: Incident;
  metrics: IncidentMetrics;
  acknowledged: Acknowledgement | null;
  notes: number;
}

type Value = string | number | boolean | null;

/** A column that is only exported: its name says the unit. */
function column<Row>(exportName: string, exportValue: (row: Row) => Value): TableColumn<Row> {
  return {
    id: exportName,
    title: exportName,
    sub: '',
    minPx: 0,
    grow: 0,
    dropOrder: null,
    sortKey: (row) => {
      const value = exportValue(row);
      return typeof value === 'boolean' ? Number(value) : (value ?? undefined);
    },
    exportName,
    exportValue,
  };
}

const names = (of: readonly { name: string }[]): string => of.map(({ name }) => name).join(', ');

/** What an export of incidents says: times in UTC, lengths in milliseconds. */
export const incidentColumns: readonly TableColumn<IncidentRowData>[] = [
  column('incident', ({ incident }) => incident.id),
  column('kind', ({ incident }) => incident.kind),
  column('start_utc', ({ incident }) => isoTime(incident.startMs)),
  column('end_utc', ({ incident }) => (incident.endMs === null ? null : isoTime(incident.endMs))),
  column('clusters', ({ incident }) => names(incident.clusters)),
  column('edges', ({ incident }) => names(incident.edges)),
  column('moves', ({ incident }) => incident.moves),
  column('without_active_lb_at_least_ms', ({ incident }) => incident.withoutActiveLbMs?.atLeast ?? null),
  column('without_active_lb_at_most_ms', ({ incident }) => incident.withoutActiveLbMs?.atMost ?? null),
  column('cause', ({ incident }) => incident.cause.kind),
  column('evidence', ({ incident }) => incident.cause.evidence.join(' ')),
  column('rolling_update', ({ incident }) => incident.rollingUpdate),
  column('detect_at_least_ms', ({ metrics }) => metrics.detectMs?.atLeast ?? null),
  column('detect_at_most_ms', ({ metrics }) => metrics.detectMs?.atMost ?? null),
  column('acknowledged_by', ({ acknowledged }) => acknowledged?.by ?? null),
  column('acknowledge_ms', ({ metrics }) => metrics.acknowledgeMs),
  column('recover_ms', ({ metrics }) => metrics.recoverMs),
  column('notes', ({ notes }) => notes),
  column('users_not_served_at_least_ms', ({ metrics }) => metrics.usersGapMs?.atLeast ?? null),
  column('users_not_served_at_most_ms', ({ metrics }) => metrics.usersGapMs?.atMost ?? null),
];

/** What an export of the metrics by month says: months in UTC, lengths in milliseconds, medians but for the longest. */
export const monthColumns: readonly TableColumn<MonthMetrics>[] = [
  column('month_utc', ({ month }) => month),
  column('cluster', ({ clusterName }) => clusterName),
  column('incidents', ({ incidents }) => incidents),
  column('open', ({ open }) => open),
  column('moves', ({ moves }) => moves),
  column('longest_without_active_lb_at_least_ms', (row) => row.withoutActiveLbMs?.atLeast ?? null),
  column('longest_without_active_lb_at_most_ms', (row) => row.withoutActiveLbMs?.atMost ?? null),
  column('median_detect_at_least_ms', ({ detectMs }) => detectMs?.atLeast ?? null),
  column('median_detect_at_most_ms', ({ detectMs }) => detectMs?.atMost ?? null),
  column('median_take_over_at_least_ms', ({ takeOverMs }) => takeOverMs?.atLeast ?? null),
  column('median_take_over_at_most_ms', ({ takeOverMs }) => takeOverMs?.atMost ?? null),
  column('acknowledged', ({ acknowledged }) => acknowledged),
  column('median_acknowledge_ms', ({ acknowledgeMs }) => acknowledgeMs),
  column('median_recover_ms', ({ recoverMs }) => recoverMs),
];
