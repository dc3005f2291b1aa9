import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { sortedAlerts } from '../../../domain/alerts/sort-alerts';
import type { AlertChange } from '../../../domain/contract/alerts';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { AlertList, Silence } from '../../../domain/model/alert';
import { standingOf } from '../../../domain/words/alert-list';
import { failureOf, listen, request } from '../../bridge/heron';
import { useQueryClientStore } from '../../bridge/query-client';
import { useRequest } from '../../bridge/use-query';
import { useFileStore } from './file';
import { useTimeStore } from '../time/time';

const retryMs = 2000;
const liveKey = ['alerts.list', 'live'];

/** The list after a change. Silences that are not named did not change. */
export function listAfter(list: AlertList, { atMs, changed, removedIds, silences }: AlertChange): AlertList {
  const byId = new Map(list.alerts.map((alert) => [alert.id, alert]));
  for (const alert of changed) byId.set(alert.id, alert);
  for (const id of removedIds) byId.delete(id);
  const hasOthers = changed.length + removedIds.length > 0;
  return {
    atMs,
    alerts: hasOthers ? sortedAlerts([...byId.values()]) : list.alerts,
    silences: silences ? silencesAfter(list.silences, silences) : list.silences,
  };
}

function silencesAfter(
  silences: readonly Silence[],
  { changed, removedIds }: NonNullable<AlertChange['silences']>,
): Silence[] {
  const byId = new Map(silences.map((silence) => [silence.id, silence]));
  for (const silence of changed) byId.set(silence.id, silence);
  for (const id of removedIds) byId.delete(id);
  return [...byId.values()];
}

/** The alerts of now, read once and kept up to date by notices. What arrives is shown with the next frame. */
function useLiveAlerts() {
  const queries = useQueryClientStore();
  const list = shallowRef<AlertList | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  /** Changes that arrived while the list was being read; null: it is not being read. */
  let early: AlertChange[] | null = null;
  let waiting: AlertList | null = null;
  let schedule = (show: () => void): void => show();
  let stopListening: (() => void) | null = null;

  function onChange(change: AlertChange): void {
    early?.push(change);
    if (list.value === null) return;
    const isScheduled = waiting !== null;
    waiting = listAfter(waiting ?? list.value, change);
    if (!isScheduled) schedule(showWaiting);
  }

  function showWaiting(): void {
    if (waiting !== null) list.value = waiting;
    waiting = null;
  }

  async function read(): Promise<null> {
    early = [];
    try {
      const first = await request('alerts.list', { atMs: null });
      waiting = null;
      list.value = early.reduce(listAfter, first);
      failure.value = null;
      return null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'alerts.list');
      throw thrown;
    } finally {
      early = null;
    }
  }

  /** Listens first and reads then, so that no change between the two is lost; reads again until it succeeds. */
  async function connect(nextFrame?: (show: () => void) => void): Promise<void> {
    if (nextFrame) schedule = nextFrame;
    stopListening ??= listen('alerts.changed', onChange, (problem) => {
      failure.value = problem;
      // Without this change the list would stay wrong.
      if (stopListening !== null && early === null) void connect();
    });
    const reading = queries.client.fetchQuery({
      ...{ queryKey: liveKey, queryFn: read, retry: true, retryDelay: retryMs, gcTime: 0 },
    });
    // Only `disconnect` makes it fail: what the request failed with is in `failure`.
    await reading.catch(() => undefined);
  }

  function disconnect(): void {
    stopListening?.();
    stopListening = null;
    void queries.client.cancelQueries({ queryKey: liveKey });
  }

  return { list, failure, connect, disconnect };
}

/** The alerts of now, and those of the time that is shown. */
export const useAlertsStore = defineStore('alerts', () => {
  const time = useTimeStore();
  const file = useFileStore();
  const live = useLiveAlerts();
  const past = useRequest('alerts.list', () => (time.travelMs === null ? null : { atMs: time.travelMs }), {
    subject: () => time.live,
    oneAtATime: true,
  });
  const list = computed(() => (time.live ? live.list.value : past.data.value));
  const failure = computed(() => (time.live ? live.failure.value : past.failure.value));
  /** How many alerts are unacknowledged now; 0 while a file is open, whose alerts need no action. */
  const unacknowledged = computed(() =>
    file.isOpen
      ? 0
      : (live.list.value?.alerts ?? []).filter((alert) => standingOf(alert) === 'unacknowledged').length,
  );
  /** False in the past and while a file is open: what is acknowledged or silenced is about now. */
  const canAct = computed(() => time.live && !file.isOpen);

  return {
    ...{ list, live: live.list, failure, unacknowledged, canAct },
    ...{ connect: live.connect, disconnect: live.disconnect },
  };
});
