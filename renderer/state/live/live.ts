import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RequestFailure, SnapshotChange } from '../../../domain/contract/contract';
import { blindnessOf } from '../../../domain/fleet/judge-blindness';
import type { Snapshot } from '../../../domain/model/snapshot';
import { failureOf, listen, request } from '../../bridge/heron';
import { useQueryClientStore } from '../../bridge/query-client';
import { applyChange } from './apply-change';
import { useArrivals } from './use-arrivals';
import { useEventsStore } from '../history/events';

const retryMs = 2000;

/** The snapshot that is shown. What arrives is shown with the next frame, once for all that arrived until then. */
function useShownSnapshot() {
  const snapshot = shallowRef<Snapshot | null>(null);
  let waiting: Snapshot | null = null;
  let shownIds: ReadonlySet<string> | null = null;
  let schedule = (show: () => void): void => show();

  function show(next: Snapshot): void {
    snapshot.value = next;
    waiting = null;
  }

  return {
    snapshot,
    show,
    update(change: SnapshotChange): void {
      if (snapshot.value === null) return;
      const isScheduled = waiting !== null;
      waiting = applyChange(waiting ?? snapshot.value, change, shownIds);
      if (!isScheduled) schedule(() => waiting !== null && show(waiting));
    },
    /**
     * Names the rows whose metrics are shown, which become new objects whenever these change; null: all rows may be shown. Metrics of the
     * others are up to date as well, but nothing is rendered for them.
     */
    setShownIds(ids: ReadonlySet<string> | null): void {
      shownIds = ids;
    },
    /** `nextFrame` runs what it is given with the next frame; without it, changes are shown at once. */
    scheduleWith(nextFrame: typeof schedule): void {
      schedule = nextFrame;
    },
  };
}

/**
 * The live snapshot: read once, then kept up to date by notices. Shallow on purpose: a fleet has thousands of edges, and
 * every change replaces whole rows.
 */
export const useLiveStore = defineStore('live', () => {
  const queries = useQueryClientStore();
  const events = useEventsStore();
  const { snapshot, show, update, setShownIds, scheduleWith } = useShownSnapshot();
  const failure = shallowRef<RequestFailure | null>(null);
  const { arrivals, onArrival, excuseSilence } = useArrivals();
  /** What Heron itself does not see now. */
  const blindness = computed(() => (snapshot.value === null ? [] : blindnessOf(snapshot.value)));
  /** Changes that arrived while the snapshot was being read; null: it is not being read. */
  let early: SnapshotChange[] | null = null;
  let stopListening: (() => void) | null = null;

  function onChange(change: SnapshotChange): void {
    onArrival();
    events.addNew(change.newEvents);
    if (change.newEvents.length > 0) void queries.invalidateAfterEvents();
    early?.push(change);
    if (snapshot.value === null) return;
    update(change);
    failure.value = null;
  }

  /**
   * Reads the snapshot and applies the changes that arrived meanwhile, also where the snapshot is newer than they are:
   * changes build on one another, and what changed after them is still to come.
   */
  async function readSnapshot(): Promise<null> {
    early = [];
    try {
      const first = await request('snapshot.get', undefined);
      show(early.reduce((known, change) => applyChange(known, change), first));
      onArrival();
      failure.value = null;
      return null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'snapshot.get');
      throw thrown;
    } finally {
      early = null;
    }
  }

  /**
   * Listens first and reads then, so that no change between the two is lost; reads again until it succeeds. Resolves then, or
   * after `disconnect`. `nextFrame` as in `scheduleWith`.
   */
  async function connect(nextFrame?: (show: () => void) => void): Promise<void> {
    if (nextFrame) scheduleWith(nextFrame);
    stopListening ??= listen('snapshot.changed', onChange, (problem) => {
      failure.value = problem;
      // Changes build on one another: without this one the rows would stay wrong.
      if (stopListening !== null && early === null) void connect();
    });
    const reading = queries.client.fetchQuery({
      queryKey: ['snapshot.get'],
      queryFn: readSnapshot,
      retry: true,
      retryDelay: retryMs,
      gcTime: 0,
    });
    // Only `disconnect` makes it fail: what the request failed with is in `failure`.
    await reading.catch(() => undefined);
  }

  function disconnect(): void {
    stopListening?.();
    stopListening = null;
    void queries.client.cancelQueries({ queryKey: ['snapshot.get'] });
  }

  return { snapshot, blindness, failure, arrivals, connect, disconnect, excuseSilence, setShownIds };
});
