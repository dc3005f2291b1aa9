import { computed } from 'vue';
import { incidentMetrics, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import { useBridgeQuery } from '../../bridge/use-query';
import { readEventsOf, readIncident, readRelevantEvents } from './read-incidents';

const refreshMs = 5000;

/** One incident with its events in order and its metrics, refreshed while it is open. `missing`: there is none of this number. */
export function useIncident(id: () => number) {
  const { data, answered, failure, refetch } = useBridgeQuery({
    request: 'incidents.list',
    name: 'one incident',
    subject: id,
    args: id,
    fetch: async (asked) => {
      const incident = await readIncident(asked);
      if (incident === null) return { incident, events: [], relevant: [] };
      const [events, relevant] = await Promise.all([readEventsOf(incident), readRelevantEvents([incident])]);
      return { incident, events, relevant };
    },
    refreshMs: (latest) => (latest?.incident?.endMs === null ? refreshMs : false),
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
    missing: computed(() => answered.value && incident.value === null),
    failure,
    refetch,
  };
}
