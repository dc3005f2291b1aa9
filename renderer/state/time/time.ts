import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { Snapshot } from '../../../domain/model/snapshot';
import { failureOf, request } from '../../bridge/heron';
import { findEvent } from './find-event';
import { standardWindowMs, widerWindow } from '../../time/window-lengths';
import { useNowStore } from './now';

const tickMs = 250;
export const speeds = [1, 5, 60] as const;
export type Speed = (typeof speeds)[number];

/**
 * Where in time the whole window is: live (T is now), or at one T of the past. Every view shows the same T and the same
 * stretch of time before it.
 */
export const useTimeStore = defineStore('time', () => {
  const now = useNowStore();
  /** Where time ends: now, or the last moment of an opened file. */
  const endMs = (): number => now.standMs ?? Date.now();
  /** T, UTC milliseconds; null: live. */
  const travelMs = shallowRef<number | null>(null);
  const windowMs = ref(standardWindowMs);
  const playing = ref(false);
  const speed = ref<Speed>(1);
  /** All states at the latest T that was answered for. */
  const past = shallowRef<Snapshot | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  let asking = false;
  let timer: ReturnType<typeof setInterval> | null = null;

  const live = computed(() => travelMs.value === null);

  /** Goes to T; a T that is not past yet is live. */
  function travelTo(ms: number): void {
    if (ms >= endMs()) {
      goLive();
      return;
    }
    travelMs.value = Math.max(0, Math.round(ms));
    void load();
  }

  function goLive(): void {
    pause();
    travelMs.value = null;
    past.value = null;
    failure.value = null;
  }

  /** One question at a time; what was asked for meanwhile is asked next, all in between is skipped. */
  async function load(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      for (;;) {
        const atMs = travelMs.value;
        if (atMs === null || past.value?.atMs === atMs) break;
        const snapshot = await request('history.snapshotAt', { atMs });
        if (travelMs.value !== null) past.value = { ...snapshot, atMs };
        failure.value = null;
      }
    } catch (thrown) {
      failure.value = failureOf(thrown, 'history.snapshotAt');
      pause();
    } finally {
      asking = false;
    }
  }

  function shift(byMs: number): void {
    travelTo((travelMs.value ?? endMs()) + byMs);
  }

  /** To the nearest event before or after T. Answers whether there was one. */
  async function stepToEvent(side: 'before' | 'after'): Promise<boolean> {
    const fromMs = travelMs.value ?? endMs();
    try {
      const found = await findEvent(fromMs, side, endMs());
      if (found) travelTo(found.event.timeMs);
      return found !== null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'history.events');
      return false;
    }
  }

  function play(): void {
    if (travelMs.value === null || playing.value) return;
    playing.value = true;
    timer = setInterval(() => {
      if (travelMs.value !== null) travelTo(travelMs.value + tickMs * speed.value);
    }, tickMs);
  }

  function pause(): void {
    playing.value = false;
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  function zoomOut(): void {
    windowMs.value = widerWindow(windowMs.value);
  }

  return {
    travelMs,
    windowMs,
    playing,
    speed,
    past,
    failure,
    live,
    travelTo,
    goLive,
    shift,
    stepToEvent,
    play,
    pause,
    zoomOut,
  };
});
