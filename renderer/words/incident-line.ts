import type { Incident, IncidentKind } from '../../domain/incidents/incident';
import type { Health } from '../../domain/model/health';
import { plural } from './amount';
import { ago, duration, spanRange } from './duration';
import { clockTime, dayBefore, type TimeZoneChoice } from './clock';

/** An incident in one line: its mark, what it is and since when, and secondary details. */
export interface IncidentLine {
  health: Health;
  title: string;
  aside: string;
}

export const incidentKindWords: Readonly<Record<IncidentKind, { words: string; health: Health }>> = {
  'no-active-lb': { words: 'No active LB', health: 'no-active-lb' },
  'split-brain': { words: 'Split brain', health: 'split-brain' },
  flapping: { words: 'Flapping', health: 'degraded' },
  failover: { words: 'Failover', health: 'degraded' },
  'edge-down': { words: 'Edge down', health: 'down' },
  degraded: { words: 'Degraded', health: 'degraded' },
  failback: { words: 'Failback', health: 'degraded' },
  'not-seen': { words: 'Not reachable', health: 'unknown' },
};

/** The line for a cluster's current or last incident. */
export function incidentLine(incident: Incident, atMs: number, zone: TimeZoneChoice): IncidentLine {
  const { words, health } = incidentKindWords[incident.kind];
  const open = incident.endMs === null;
  const began = `${dayBefore(incident.startMs, atMs, zone)}${clockTime(incident.startMs, zone)}`;
  const title = open
    ? `${words}, since ${began} (${duration(atMs - incident.startMs)})`
    : `Last incident: ${words.toLowerCase().replace('lb', 'LB')}, ${began}, ${ago(atMs - (incident.endMs ?? atMs))}`;
  const without = incident.withoutActiveLbMs;
  const aside = [
    incident.rollingUpdate ? 'Part of a rolling update.' : '',
    incident.endMs === null ? '' : `Lasted ${duration(incident.endMs - incident.startMs)}.`,
    without && without.atMost > 0
      ? `${spanRange(without.atLeast, without.atMost)} without an active LB.`
      : '',
    incident.cause.evidence[0] ?? '',
    `${plural(incident.eventIds.length, 'event')}.`,
  ];
  return { health: open ? health : 'up', title, aside: aside.filter(Boolean).join(' ') };
}
