import { z } from 'zod';
import type { RecordedEvent } from '../model/event';
import type { Incident } from '../model/incident';
import { incidentSearchSchema, type IncidentSearch } from './count-incidents';
import { isInScope, passesFilter } from './incident-filter';
import { incidentMetrics, measuredIncidentSchema, type MeasuredIncident } from './incident-metrics';
import { metricsByMonth, type MonthMetrics } from './metrics-by-month';

export const incidentPageSearchSchema = incidentSearchSchema.extend({
  limit: z.number().int().min(1).max(500),
});
export type IncidentPageSearch = z.infer<typeof incidentPageSearchSchema>;

export const measuredPageSchema = z.object({
  incidents: z.array(measuredIncidentSchema),
  /** There are no older matches. */
  complete: z.boolean(),
});
export type MeasuredPage = z.infer<typeof measuredPageSchema>;

/** The incidents that a scope and a filter let through, in the order they are given. */
export function matchingIncidents(
  incidents: readonly Incident[],
  { scope, filter }: Pick<IncidentSearch, 'scope' | 'filter'>,
): Incident[] {
  return incidents.filter((incident) => isInScope(incident, scope) && passesFilter(incident, filter));
}

/** Measures incidents, of which `measure` is given as many as are shown. */
export function pageOf(
  incidents: readonly Incident[],
  asked: IncidentPageSearch,
  measure: (incidents: readonly Incident[]) => MeasuredIncident[],
): MeasuredPage {
  const matching = matchingIncidents(incidents, asked);
  return {
    incidents: measure(matching.slice(0, asked.limit)),
    complete: matching.length <= asked.limit,
  };
}

/** The metrics by cluster and month of all that match. */
export function monthsOf(
  incidents: readonly Incident[],
  asked: IncidentSearch,
  measure: (incidents: readonly Incident[]) => MeasuredIncident[],
): MonthMetrics[] {
  return metricsByMonth(measure(matchingIncidents(incidents, asked)));
}

/** Measures incidents by events, which include theirs and all acknowledgements. */
export function measuredBy(events: readonly RecordedEvent[]) {
  return (incidents: readonly Incident[]): MeasuredIncident[] =>
    incidents.map((incident) => ({ incident, metrics: incidentMetrics(incident, events) }));
}
