import type { Alert } from '../../../domain/model/alert';
import { incidentTitle } from '../../../domain/words/alert-list';

/** The line above the alerts of one incident. */
export interface IncidentLine {
  kind: 'incident';
  key: string;
  title: string;
  /** Its number; null: it has none yet, or there is none. */
  incidentId: number | null;
  sinceMs: number;
  /** When its last alert ended; null: something of it is open. */
  overMs: number | null;
}

/** A line of the list: an incident, or an alert of the incident above it. */
export type ListEntry = IncidentLine | { kind: 'alert'; key: string; alert: Alert };

/** The alerts grouped by incident; an incident has the place of its worst alert. `alerts`: worst first. */
export function listEntries(alerts: readonly Alert[]): ListEntry[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = groupKey(alert);
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return [...groups].flatMap(([key, group]): ListEntry[] => [
    lineOf(key, group),
    ...group.map((alert): ListEntry => ({ kind: 'alert', key: alert.id, alert })),
  ]);
}

/** Until an incident has its number, its cluster and beginning identify it. */
function groupKey({ id, incident, rowId }: Alert): string {
  if (!incident) return `alert ${id}`;
  return incident.id === null ? `since ${incident.sinceMs} ${rowId}` : `incident ${incident.id}`;
}

function lineOf(key: string, group: readonly Alert[]): IncidentLine {
  const incident = group[0]?.incident ?? null;
  return {
    kind: 'incident',
    key,
    title: incidentTitle(group),
    incidentId: incident?.id ?? null,
    sinceMs: incident?.sinceMs ?? Math.min(...group.map(({ sinceMs }) => sinceMs)),
    overMs: group.every(({ state }) => state === 'over')
      ? Math.max(...group.map(({ clearedMs, changedMs }) => clearedMs ?? changedMs))
      : null,
  };
}
