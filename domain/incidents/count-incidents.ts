import { z } from 'zod';
import { momentSchema } from '../model/moment';
import { incidentKinds, type Incident } from '../model/incident';
import {
  cutUsersOff,
  incidentFilterSchema,
  incidentScopeSchema,
  isInScope,
  passesFilter,
} from './incident-filter';

/** What is asked of all incidents of a history. */
export const incidentSearchSchema = z.object({
  scope: incidentScopeSchema,
  filter: incidentFilterSchema,
  /** The present, which may end an incident, UTC milliseconds. */
  nowMs: momentSchema,
});
export type IncidentSearch = z.infer<typeof incidentSearchSchema>;

const count = z.number().int();

/** How many incidents the scope has, however few of them the filter lets through. */
export const incidentCountsSchema = z.object({
  total: count,
  open: count,
  /** That cut users off, or may have. */
  cutOff: count,
  /** Of each kind, open ones included. */
  kinds: z.record(z.enum(incidentKinds), count),
  /** Those that the filter lets through. */
  shown: z.object({ total: count, open: count }),
});
export type IncidentCounts = z.infer<typeof incidentCountsSchema>;

/** Counts the incidents that are asked for. */
export function countIncidents(
  incidents: readonly Incident[],
  { scope, filter }: Pick<IncidentSearch, 'scope' | 'filter'>,
): IncidentCounts {
  const wanted = incidents.filter((incident) => isInScope(incident, scope));
  const shown = wanted.filter((incident) => passesFilter(incident, filter));
  const kinds = Object.fromEntries(
    incidentKinds.map((kind) => [kind, wanted.filter((incident) => incident.kind === kind).length]),
  ) as IncidentCounts['kinds'];
  return {
    total: wanted.length,
    open: openOf(wanted),
    cutOff: wanted.filter(cutUsersOff).length,
    kinds,
    shown: { total: shown.length, open: openOf(shown) },
  };
}

function openOf(incidents: readonly Incident[]): number {
  return incidents.filter(({ endMs }) => endMs === null).length;
}
