import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { RecordedEvent } from '../../../domain/model/event';
import { figuresOf, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import type { Incident } from '../../../domain/incidents/incident';
import { failureOf } from '../../bridge/heron';
import { readEventsOf, readIncident, readTellingEvents } from './read-incidents';

const refreshMs = 5000;

/** One incident with its events in order and its figures, read again while it is open. `missing`: there is none of this number. */
export function useIncident(id: () => number) {
  const incident = shallowRef<Incident | null>(null);
  const events = shallowRef<readonly RecordedEvent[]>([]);
  const telling = shallowRef<readonly RecordedEvent[]>([]);
  const missing = shallowRef(false);
  const failure = shallowRef<RequestFailure | null>(null);

  async function load(): Promise<void> {
    const asked = id();
    try {
      const found = await readIncident(asked);
      const [own, beside] = found
        ? await Promise.all([readEventsOf(found), readTellingEvents([found])])
        : [[], []];
      if (asked !== id()) return;
      [incident.value, events.value, telling.value] = [found, own, beside];
      missing.value = found === null;
      failure.value = null;
    } catch (thrown) {
      if (asked === id()) failure.value = failureOf(thrown, 'incidents.list');
    }
  }

  watch(
    id,
    () => {
      incident.value = null;
      missing.value = false;
      void load();
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    if (incident.value?.endMs === null) void load();
  }, refreshMs);

  const figures = computed(
    () => incident.value && figuresOf(incident.value, [...events.value, ...telling.value]),
  );
  const acknowledged = computed(() => incident.value && firstAcknowledged(incident.value, telling.value));
  return { incident, events, figures, acknowledged, missing, failure, load };
}
