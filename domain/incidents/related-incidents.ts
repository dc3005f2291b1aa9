import type { Incident } from '../model/incident';
import { thresholds } from '../model/thresholds';

/** The incidents of the same clusters or standalone edges that overlap this one or are close to it in time, the earliest first. */
export function relatedIncidents(incident: Incident, others: readonly Incident[], nowMs: number): Incident[] {
  const rows = rowsOf(incident);
  const nearMs = thresholds.relatedIncidentMs;
  return others
    .filter(({ id }) => id !== incident.id)
    .filter((other) => rowsOf(other).some((row) => rows.includes(row)))
    .filter(
      ({ startMs, endMs }) =>
        startMs <= (incident.endMs ?? nowMs) + nearMs && (endMs ?? nowMs) >= incident.startMs - nearMs,
    )
    .toSorted((a, b) => a.startMs - b.startMs || a.id - b.id);
}

/** Clusters, or the standalone edge. */
function rowsOf({ clusters, edges }: Incident): string[] {
  return (clusters.length > 0 ? clusters : edges).map(({ id }) => id);
}
