import type { Incident, IncidentKind } from '../model/incident';
import { causeWords } from './causes';
import { duration, durationRange } from './duration';

/** Names of the kinds of incidents. */
export const incidentNames: Readonly<Record<IncidentKind, string>> = {
  'cluster-down': 'Cluster down',
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  flapping: 'Flapping',
  failover: 'Failover',
  'edge-down': 'Edge down',
  degraded: 'Degraded',
  failback: 'Failback',
  'not-seen': 'Not reachable',
};

/**
 * How long an incident lasted, or has lasted by `nowMs`: never less than the time without an active LB in it, which a failover between two
 * polls has although no state of the cluster changed.
 */
export function lastedWords(
  { startMs, endMs, withoutActiveLbMs: without }: Pick<Incident, 'startMs' | 'endMs' | 'withoutActiveLbMs'>,
  nowMs: number,
): string {
  const statesMs = (endMs ?? nowMs) - startMs;
  return without === null || without.atMost <= statesMs
    ? duration(statesMs)
    : durationRange(Math.max(statesMs, without.atLeast), without.atMost);
}

/** What an incident was without: a cluster that is down has no edge, whatever its LBs report. */
export function withoutWords({
  kind,
  withoutActiveLbMs: without,
}: Pick<Incident, 'kind' | 'withoutActiveLbMs'>): string {
  if (without === null || without.atMost <= 0) return '';
  const what = kind === 'cluster-down' ? 'a serving edge or an active LB' : 'an active LB';
  return `${durationRange(without.atLeast, without.atMost)} without ${what}`;
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
export function incidentTitle(incident: Pick<Incident, 'kind' | 'clusters' | 'edges'>): string {
  return `${incidentNames[incident.kind]} in ${whereWords(incident)}`;
}

/** The text that a search compares, in lower case. */
export function incidentText(incident: Incident): string {
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
