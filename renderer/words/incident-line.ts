import { inSentence } from '../../domain/words/states';
import { ago } from '../../domain/words/duration';
import { plural } from '../../domain/words/amount';
import type { Incident, IncidentKind } from '../../domain/model/incident';
import { incidentNames, lastedWords, withoutWords } from '../../domain/words/incidents';
import type { Health } from '../../domain/model/health';
import { clockTime, dayBefore, type TimeZoneChoice } from '../../domain/words/clock';

/** An incident in one line: its mark, what it is and since when, and secondary details. */
export interface IncidentLine {
  health: Health;
  title: string;
  aside: string;
}

/** The state whose mark and colour each kind of incident wears. */
export const incidentHealth: Readonly<Record<IncidentKind, Health>> = {
  'cluster-down': 'down',
  'no-active-lb': 'no-active-lb',
  'split-brain': 'split-brain',
  flapping: 'degraded',
  failover: 'degraded',
  'edge-down': 'down',
  degraded: 'degraded',
  failback: 'degraded',
  'not-seen': 'unknown',
};

/** The line for a cluster's current or last incident. */
export function incidentLine(incident: Incident, atMs: number, zone: TimeZoneChoice): IncidentLine {
  const words = incidentNames[incident.kind];
  const open = incident.endMs === null;
  const began = `${dayBefore(incident.startMs, atMs, zone)}${clockTime(incident.startMs, zone)}`;
  const title = open
    ? `${words}, since ${began} (${lastedWords(incident, atMs)})`
    : `Last incident: ${inSentence(words)}, ${began}, ${ago(atMs - (incident.endMs ?? atMs))}`;
  const without = withoutWords(incident);
  const aside = [
    incident.rollingUpdate ? 'Part of a rolling update.' : '',
    incident.endMs === null ? '' : `Lasted ${lastedWords(incident, atMs)}.`,
    observedWords(incident, zone),
    without && `${without}.`,
    incident.cause.evidence[0] ?? '',
    `${plural(incident.eventIds.length, 'event')}.`,
  ];
  return {
    health: open ? incidentHealth[incident.kind] : 'up',
    title,
    aside: aside.filter(Boolean).join(' '),
  };
}

/** "Observing until 14:04:10." while it may reopen, else nothing. */
export function observedWords(
  { observedUntilMs }: Pick<Incident, 'observedUntilMs'>,
  zone: TimeZoneChoice,
): string {
  return observedUntilMs === null ? '' : `Observing until ${clockTime(observedUntilMs, zone)}.`;
}
