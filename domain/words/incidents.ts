import type { Incident, IncidentKind } from '../model/incident';
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
