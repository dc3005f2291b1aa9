import type { Incident } from '../../../domain/model/incident';
import { computed } from 'vue';
import { unmonitoredMs, type ComparedSide } from '../../../domain/incidents/compare-incidents';
import { incidentMetrics } from '../../../domain/incidents/incident-metrics';
import { request } from '../../bridge/heron';
import { useBridgeQuery } from '../../bridge/use-query';
import { rangeOf } from './incident-range';
import { readIncident, readIncidentsIn, readRelevantEvents } from './read-incidents';

const hourMs = 3_600_000;

/** What an incident is compared with: the time an hour or a week before it, or another incident. */
export type ComparedWith = { kind: 'before'; byMs: number } | { kind: 'incident'; id: number };
export const hourBefore: ComparedWith = { kind: 'before', byMs: hourMs };
export const weekBefore: ComparedWith = { kind: 'before', byMs: 168 * hourMs };

/** Both sides on a common axis: `zeroMs` is where each one starts. */
export interface Comparison {
  first: ComparedSide & { zeroMs: number; incident: Incident };
  second: ComparedSide & { zeroMs: number; incident: Incident | null };
}

/** Reads an incident and what it is compared with. `missing`: one of them is not in this history. */
export function useComparison(id: () => number, other: () => ComparedWith, nowMs: () => number) {
  const { data, answered, failure, refetch } = useBridgeQuery({
    request: 'incidents.list',
    name: 'two incidents compared',
    args: () => ({ id: id(), other: other() }),
    fetch: (asked) => read(asked.id, asked.other, nowMs()),
  });
  return {
    comparison: data,
    missing: computed(() => answered.value && data.value === null),
    failure,
    refetch,
  };
}

async function read(id: number, comparedWith: ComparedWith, nowMs: number): Promise<Comparison | null> {
  const incident = await readIncident(id);
  const second = comparedWith.kind === 'incident' ? await readIncident(comparedWith.id) : null;
  if (!incident || (comparedWith.kind === 'incident' && !second)) return null;
  const range = rangeOf(incident, nowMs);
  const byMs = comparedWith.kind === 'before' ? comparedWith.byMs : 0;
  const shifted = { fromMs: Math.max(0, range.fromMs - byMs), toMs: Math.max(1, range.toMs - byMs) };
  const [first, other] = await Promise.all([
    sideOf(range, [incident]),
    second
      ? sideOf(rangeOf(second, nowMs), [second])
      : sideOf(shifted, await readIncidentsIn(shifted.fromMs, shifted.toMs)),
  ]);
  return {
    first: { ...first, incident, zeroMs: incident.startMs },
    second: { ...other, incident: second, zeroMs: second?.startMs ?? incident.startMs - byMs },
  };
}

async function sideOf(
  range: { fromMs: number; toMs: number },
  incidents: readonly Incident[],
): Promise<ComparedSide> {
  const [events, gaps] = await Promise.all([readRelevantEvents(incidents), request('history.gaps', range)]);
  return {
    ...range,
    incidents: incidents.map((incident) => ({ incident, metrics: incidentMetrics(incident, events) })),
    unmonitoredMs: unmonitoredMs(gaps, range),
  };
}
