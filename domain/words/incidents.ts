import type { Incident, IncidentKind } from '../model/incident';
import { durationRange } from './duration';

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

/** What an incident was without: a cluster that is down has no edge, whatever its LBs report. */
export function withoutWords({
  kind,
  withoutActiveLbMs: without,
}: Pick<Incident, 'kind' | 'withoutActiveLbMs'>): string {
  if (without === null || without.atMost <= 0) return '';
  const what = kind === 'cluster-down' ? 'a serving edge or an active LB' : 'an active LB';
  return `${durationRange(without.atLeast, without.atMost)} without ${what}`;
}
