import { fullMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { age, duration, durationRange } from '../../../domain/words/duration';
import { causeWords } from '../../../domain/words/causes';
import type { Incident } from '../../../domain/model/incident';
import type { IncidentMetrics } from '../../../domain/incidents/incident-metrics';
import { incidentNames, lastedWords } from '../../../domain/words/incidents';

type Bounds = { atLeast: number; atMost: number };

/** "0.9 to 3.1 s", or a dash where there was none. */
export function boundsWords(bounds: Bounds | null): string {
  return bounds === null || bounds.atMost <= 0 ? '–' : durationRange(bounds.atLeast, bounds.atMost);
}

/** "1 m 54 s", or a dash where it is not known. */
export function lengthWords(ms: number | null): string {
  return ms === null ? '–' : ms < 10_000 ? age(ms) : duration(ms);
}

/** "Open since 30 Nov 2026 16:42:18.901 UTC, for 4 m 29 s.", or from when to when. */
export function whenWords(
  incident: Pick<Incident, 'startMs' | 'endMs' | 'withoutActiveLbMs'>,
  nowMs: number,
  zone: TimeZoneChoice,
): string {
  const { startMs, endMs } = incident;
  const began = fullMoment(startMs, zone);
  const lasted = lastedWords(incident, nowMs);
  return endMs === null
    ? `Open since ${began}, for ${lasted}.`
    : `${began} to ${fullMoment(endMs, zone)}, ${lasted}.`;
}

/** Its clusters, else its standalone edges. */
export function whereWords({ clusters, edges }: Pick<Incident, 'clusters' | 'edges'>): string {
  const names = (clusters.length > 0 ? clusters : edges).map(({ name }) => name);
  if (names.length === 0) return 'Heron';
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** "Link lost", the cause as a sentence's beginning. */
export function causeTitle({ cause }: Pick<Incident, 'cause'>): string {
  const words = causeWords[cause.kind];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Failover in fra-02". */
export function incidentTitle(incident: Incident): string {
  return `${incidentNames[incident.kind]} in ${whereWords(incident)}`;
}

/** The text that a search compares. */
export function searchTextOf(incident: Incident): string {
  const names = [...incident.clusters, ...incident.edges].map(({ name }) => name);
  return [
    incidentTitle(incident),
    ...names,
    causeTitle(incident),
    ...incident.cause.evidence,
    incident.rollingUpdate ? 'rolling update' : '',
  ]
    .join('\n')
    .toLowerCase();
}

/** The metrics with their meaning. */
export function metricRows({ detectMs, takeOverMs, usersGapMs, acknowledgeMs, recoverMs }: IncidentMetrics): {
  name: string;
  value: string;
  meaning: string;
}[] {
  return [
    {
      name: 'To detect',
      value: boundsWords(detectMs),
      meaning: 'From the first symptom to Heron’s record of it.',
    },
    {
      name: 'To take over',
      value: boundsWords(takeOverMs),
      meaning: 'Longest time from one active LB to the next.',
    },
    {
      name: 'Users not served',
      value: boundsWords(usersGapMs),
      meaning: 'Longest, as measured through the cluster IP.',
    },
    {
      name: 'To acknowledge',
      value: lengthWords(acknowledgeMs),
      meaning: 'From its start until it was acknowledged.',
    },
    {
      name: 'To recover',
      value: lengthWords(recoverMs),
      meaning: 'From its start until everything was up again.',
    },
  ];
}
