import type { HeronEvent } from '../../domain/model/event';
import type { MaintenanceWindow } from '../../domain/model/maintenance';
import type { Cell } from '../../domain/report/table-text';
import { matcherWords, scheduleWords } from '../../domain/words/maintenance';
import { iso } from './iso-time';

/** The columns of the question about maintenance. */
export const maintenanceColumns = [
  ...['event', 'type', 'cluster', 'edges', 'reason', 'author', 'matches', 'schedule', 'at_utc', 'until_utc'],
  ...['observed', 'recorded_utc'],
];

/** What people decided about maintenance, and when it began and ended on each row; null: another event. */
export function maintenanceCells(event: HeronEvent, id: number): Cell[] | null {
  const [atUtc, recordedUtc] = [iso(event.timeMs), iso(event.recordedAtMs)];
  switch (event.type) {
    case 'maintenance-planned':
      return [
        id,
        'planned',
        null,
        null,
        ...decided(event.window, event.window.author),
        atUtc,
        null,
        null,
        recordedUtc,
      ];
    case 'maintenance-changed': {
      const type = event.endsNow ? 'ended by hand' : 'changed';
      return [id, type, null, null, ...decided(event.window, event.by), atUtc, null, null, recordedUtc];
    }
    case 'maintenance-cancelled':
      return [
        id,
        'cancelled',
        null,
        null,
        event.purpose,
        event.by,
        null,
        null,
        atUtc,
        null,
        null,
        recordedUtc,
      ];
    case 'maintenance': {
      const { clusterName, phase, windows, by, observed } = event;
      const edges = windows.flatMap(({ edges: only }) => only?.map(({ edgeName }) => edgeName) ?? []);
      const purposes = windows.map(({ purpose }) => purpose).join('; ');
      const untilMs = Math.max(...windows.map((window) => window.untilMs));
      return [
        ...[id, phase, clusterName, edges.join(', ') || null, purposes || null, by, null, null, atUtc],
        ...[windows.length > 0 ? iso(untilMs) : null, observed?.health ?? null, recordedUtc],
      ];
    }
    default:
      return null;
  }
}

function decided({ purpose, matcher, schedule, zone }: MaintenanceWindow, by: string): Cell[] {
  return [purpose, by, matcherWords(matcher), `${scheduleWords(schedule)}, ${zone}`];
}
