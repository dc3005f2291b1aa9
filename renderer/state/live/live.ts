import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RequestFailure, SnapshotChange } from '../../../domain/contract/contract';
import type { Snapshot } from '../../../domain/model/snapshot';
import { failureOf, listen, request } from '../../bridge/heron';
import { applyChange } from './apply-change';
import { arrived, excused, noArrivals } from './arrivals';
import { useEventsStore } from '../history/events';

const retryMs = 2000;

/**
 * What arrives from the main process: the snapshot at the start, then changes to it. Shallow on purpose: a fleet has
 * thousands of edges, and every change replaces whole rows.
 */
export const useLiveStore = defineStore('live', () => {
  const snapshot = shallowRef<Snapshot | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  const arrivals = shallowRef(noArrivals);
  /** What came while the snapshot was asked for. */
  let early: SnapshotChange[] = [];
  let asking = false;
  let stopListening: (() => void) | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  /** What has arrived, and is shown soon; null: all of it is shown. */
  let latest: Snapshot | null = null;
  let showSoon = (show: () => void): void => show();

  function take(change: SnapshotChange): void {
    arrivals.value = arrived(arrivals.value, performance.now());
    useEventsStore().takeNew(change.newEvents);
    if (asking) early.push(change);
    if (snapshot.value !== null) {
      const waits = latest !== null;
      latest = applyChange(latest ?? snapshot.value, change);
      failure.value = null;
      if (!waits) showSoon(show);
    }
  }

  function show(): void {
    if (latest !== null) snapshot.value = latest;
    latest = null;
  }

  /**
   * Listens first and asks then, so that no change between the two is lost. Asks again until it is answered. What came early is
   * taken even where the answer is newer: notices build on one another, and what changed after them is still to come. `soon` says
   * when what arrived is shown; at once unless told.
   */
  async function connect(soon = showSoon): Promise<void> {
    showSoon = soon;
    asking = true;
    early = [];
    stopListening ??= listen('snapshot.changed', take, (problem) => {
      failure.value = problem;
      // Notices build on one another: without this one the rows would stay wrong.
      if (!asking) void connect();
    });
    try {
      const first = await request('snapshot.get', undefined);
      snapshot.value = early.reduce(applyChange, first);
      early = [];
      latest = null;
      arrivals.value = arrived(arrivals.value, performance.now());
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'snapshot.get');
      retry = setTimeout(() => void connect(), retryMs);
    } finally {
      asking = false;
    }
  }

  /** A hidden window is told nothing; seen again, it waits for the next notice before it calls that a stall. */
  function seenAgain(): void {
    arrivals.value = excused(arrivals.value, performance.now());
  }

  function disconnect(): void {
    stopListening?.();
    stopListening = null;
    if (retry !== null) clearTimeout(retry);
    retry = null;
  }

  return { snapshot, failure, arrivals, connect, disconnect, seenAgain };
});
