import { plural } from './amount';
import { clockMinutes, shortDate, type TimeZoneChoice } from './clock';
import type { EventWords } from './events';
import { matcherWords, scheduleWords } from './maintenance';
import { statePredicate } from './states';
import type { HeronEvent } from '../model/event';
import type { MaintenanceInForce, MaintenanceWindow } from '../model/maintenance';

type MaintenanceEvent = Extract<
  HeronEvent,
  { type: 'maintenance-planned' | 'maintenance-changed' | 'maintenance-cancelled' | 'maintenance' }
>;

/** An event of a maintenance window in words. */
export function maintenanceEventWords(event: MaintenanceEvent, zone: TimeZoneChoice): EventWords {
  switch (event.type) {
    case 'maintenance-planned':
      return exact(`${event.window.author} planned maintenance: ${event.window.purpose}`, [
        windowWords(event.window),
      ]);
    case 'maintenance-changed': {
      const did = event.endsNow ? 'ended the maintenance' : 'changed the maintenance';
      const next = event.endsNow ? 'What recurs stays planned.' : windowWords(event.window);
      return exact(`${event.by} ${did}: ${event.window.purpose}`, [next]);
    }
    case 'maintenance-cancelled':
      return exact(`${event.by} cancelled the maintenance: ${event.purpose}`, []);
    case 'maintenance':
      return onRow(event, zone);
  }
}

function onRow(event: Extract<MaintenanceEvent, { type: 'maintenance' }>, zone: TimeZoneChoice): EventWords {
  const { clusterName, phase, windows, by, observed } = event;
  const state =
    observed === null
      ? 'Its state was not monitored.'
      : `By its readings it ${statePredicate(observed.health)}.`;
  const person = by === null ? [] : [`By ${by}.`];
  if (phase === 'ended') {
    const [reason] = observed?.reasons ?? [];
    return {
      ...exact(`Maintenance of ${clusterName} ended`, [
        `${state}${reason ? ` ${reason.fact}` : ''}`,
        ...person,
      ]),
      health: observed?.health ?? null,
    };
  }
  const lines = [...windows.map((one) => inForceWords(one, event.timeMs, zone)), state, ...person];
  const title =
    phase === 'began' ? `Maintenance of ${clusterName} began` : `Maintenance of ${clusterName} changed`;
  return { ...exact(title, lines), health: 'maintenance' };
}

function inForceWords(
  { purpose, untilMs, edges }: MaintenanceInForce,
  nowMs: number,
  zone: TimeZoneChoice,
): string {
  const day = shortDate(untilMs, nowMs, zone);
  const until = `until ${day === shortDate(nowMs, nowMs, zone) ? '' : `${day} `}${clockMinutes(untilMs, zone)}`;
  const which =
    edges === null
      ? ''
      : `${plural(edges.length, 'edge')}: ${edges.map(({ edgeName }) => edgeName).join(', ')}. `;
  return `${which}${purpose}, ${until}.`;
}

function windowWords({ matcher, schedule, zone }: MaintenanceWindow): string {
  return `${scheduleWords(schedule)}, ${zone}. For ${matcherWords(matcher)}.`;
}

function exact(title: string, lines: string[]): EventWords {
  return { title, lines: lines.filter(Boolean), mark: 'exact', health: null };
}
