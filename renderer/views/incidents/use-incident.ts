import { computed } from 'vue';
import { incidentMetrics, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import { useBridgeQuery } from '../../bridge/use-query';
import type { Incident } from '../../../domain/model/incident';
import { useNowStore } from '../../state/time/now';
import { readEventsOf, readIncident, readRelatedIncidents, readRelevantEvents } from './read-incidents';

const refreshMs = 5000;

/** One incident with its events in order and its metrics, refreshed until it is over. `missing`: there is none of this number. */
export function useIncident(id: () => number) {
  const now = useNowStore();
  const { data, answered, failure, refetch } = useBridgeQuery({
    request: 'incidents.list',
    name: 'one incident',
    subject: id,
    args: id,
    fetch: async (asked) => {
      const incident = await readIncident(asked);
      if (incident === null) return { incident, events: [], relevant: [], related: [] };
      const [events, relevant, related] = await Promise.all([
        readEventsOf(incident),
        readRelevantEvents([incident]),
        readRelatedIncidents(incident, now.nowMs),
      ]);
      return { incident, events, relevant, related };
    },
    refreshMs: (latest) =>
      latest && isSettled(latest.incident) && firstAcknowledged(latest.incident, latest.relevant) !== null
        ? false
        : refreshMs,
  });

  const incident = computed(() => data.value?.incident ?? null);
  const events = computed(() => data.value?.events ?? []);
  const relevant = computed(() => data.value?.relevant ?? []);
  return {
    incident,
    events,
    metrics: computed(
      () => incident.value && incidentMetrics(incident.value, [...events.value, ...relevant.value]),
    ),
    acknowledged: computed(() => incident.value && firstAcknowledged(incident.value, relevant.value)),
    related: computed(() => data.value?.related ?? []),
    missing: computed(() => answered.value && incident.value === null),
    failure,
    refetch,
  };
}

function isSettled(incident: Incident | null): incident is Incident {
  return incident !== null && incident.endMs !== null && incident.observedUntilMs === null;
}
