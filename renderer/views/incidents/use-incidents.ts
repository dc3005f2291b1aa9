import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { RecordedEvent } from '../../../domain/model/event';
import { figuresOf, firstAcknowledged } from '../../../domain/incidents/incident-metrics';
import type { Incident } from '../../../domain/incidents/incident';
import { noteThreads, notesOf } from '../../../domain/model/note-threads';
import { failureOf, request } from '../../bridge/heron';
import { useEventsStore } from '../../state/history/events';
import { readTellingEvents } from './read-incidents';

/** An incident ends by time, without an event. */
const refreshMs = 15_000;
const settleMs = 500;
const pageSize = 100;

/** Incidents of one cluster or all, the latest first, with their figures, who has them, and how many notes they have. */
export function useIncidents(clusterId: () => string | null) {
  const latest = useEventsStore().open({ clusterId: null, types: null });
  const incidents = shallowRef<readonly Incident[]>([]);
  const events = shallowRef<readonly RecordedEvent[]>([]);
  const complete = shallowRef(false);
  const loaded = shallowRef(false);
  const failure = shallowRef<RequestFailure | null>(null);
  let wanted = pageSize;
  let turn = 0;

  async function load(): Promise<void> {
    const mine = ++turn;
    const asked = { clusterId: clusterId(), fromMs: null, toMs: null, beforeId: null, limit: wanted };
    try {
      const page = await request('incidents.list', asked);
      const telling = await readTellingEvents(page.incidents);
      if (mine !== turn) return;
      incidents.value = page.incidents;
      events.value = telling;
      complete.value = page.complete || wanted >= 500;
      loaded.value = true;
      failure.value = null;
    } catch (thrown) {
      if (mine === turn) failure.value = failureOf(thrown, 'incidents.list');
    }
  }

  function older(): void {
    wanted = Math.min(500, wanted + pageSize);
    void load();
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => latest.rows[0]?.id,
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void load(), settleMs);
    },
  );
  watch(clusterId, () => void load(), { immediate: true });
  useIntervalFn(() => void load(), refreshMs);

  const rows = computed(() => {
    const threads = noteThreads(events.value).filter(({ latest: note }) => !note.event.withdrawn);
    return incidents.value.map((incident) => ({
      incident,
      figures: figuresOf(incident, events.value),
      acknowledged: firstAcknowledged(incident, events.value),
      notes: notesOf(threads, { incident: noteScope(incident) }).length,
    }));
  });
  return { rows, complete, loaded, failure, older, load };
}

/** Which notes belong to an incident. */
export function noteScope({ id, startMs, endMs, clusters }: Incident) {
  return { id, startMs, endMs, clusterIds: clusters.map((cluster) => cluster.id) };
}
