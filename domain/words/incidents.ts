import type { IncidentKind } from '../model/incident';

/** Names of the kinds of incidents. */
export const incidentNames: Readonly<Record<IncidentKind, string>> = {
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  flapping: 'Flapping',
  failover: 'Failover',
  'edge-down': 'Edge down',
  degraded: 'Degraded',
  failback: 'Failback',
  'not-seen': 'Not reachable',
};
