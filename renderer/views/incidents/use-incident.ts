import { computed } from 'vue';
import { figuresOf, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import { useBridgeQuery } from '../../bridge/use-query';
import { readEventsOf, readIncident, readTellingEvents } from './read-incidents';

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
      if (incident === null) return { incident, events: [], telling: [] };
      const [events, telling] = await Promise.all([readEventsOf(incident), readTellingEvents([incident])]);
      return { incident, events, telling };
    },
    refreshMs: (latest) => (latest?.incident?.endMs === null ? refreshMs : false),
  });

  const incident = computed(() => data.value?.incident ?? null);
  const events = computed(() => data.value?.events ?? []);
  const telling = computed(() => data.value?.telling ?? []);
  return {
    incident,
    events,
    figures: computed(() => incident.value && figuresOf(incident.value, [...events.value, ...telling.value])),
    acknowledged: computed(() => incident.value && firstAcknowledged(incident.value, telling.value)),
    missing: computed(() => answered.value && incident.value === null),
    failure,
    refetch,
  };
}
