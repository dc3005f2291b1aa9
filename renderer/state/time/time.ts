import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { useAction } from '../../bridge/use-command';
import { useRequest } from '../../bridge/use-query';
import { findEvent } from './find-event';
import { standardWindowMs, widerWindow } from '../../time/window-lengths';
import { useNowStore } from './now';
import { usePlayback } from './use-playback';

/**
 * Where in time the whole window is: live (T is now), or at one T of the past. Every view shows the same T and the same
 * time window before it.
 */
export const useTimeStore = defineStore('time', () => {
  const now = useNowStore();
  /** Where time ends: now, or the last moment of an opened file. */
  const endMs = (): number => now.standMs ?? Date.now();
  /** T, UTC milliseconds; null: live. */
  const travelMs = shallowRef<number | null>(null);
  const windowMs = ref(standardWindowMs);
  const live = computed(() => travelMs.value === null);

  /** All states at the latest T that was answered. */
  const snapshot = useRequest(
    'history.snapshotAt',
    () => (travelMs.value === null ? null : { atMs: travelMs.value }),
    { subject: () => live.value, oneAtATime: true },
  );
  const search = useAction(
    'history.events',
    ({ fromMs, side }: { fromMs: number; side: 'before' | 'after' }) => findEvent(fromMs, side, endMs()),
  );
  const failure = computed(() => snapshot.failure.value ?? search.failure.value);

  const playback = usePlayback(shift);
  watch(snapshot.failure, (failed) => {
    if (failed !== null) playback.pause();
  });

  /** Goes to T; a T that is not past yet is live. */
  function travelTo(ms: number): void {
    if (ms >= endMs()) goLive();
    else travelMs.value = Math.max(0, Math.round(ms));
  }

  function goLive(): void {
    playback.pause();
    search.reset();
    travelMs.value = null;
  }

  function shift(byMs: number): void {
    travelTo((travelMs.value ?? endMs()) + byMs);
  }

  /** Goes to the nearest event before or after T. Resolves to whether there was one. */
  async function stepToEvent(side: 'before' | 'after'): Promise<boolean> {
    const found = await search.run({ fromMs: travelMs.value ?? endMs(), side });
    if (found !== null) travelTo(found.event.timeMs);
    return found !== null;
  }

  function play(): void {
    if (!live.value) playback.resume();
  }

  function zoomOut(): void {
    windowMs.value = widerWindow(windowMs.value);
  }

  return {
    travelMs,
    windowMs,
    playing: playback.playing,
    speed: playback.speed,
    past: snapshot.data,
    failure,
    live,
    travelTo,
    goLive,
    shift,
    stepToEvent,
    play,
    pause: playback.pause,
    zoomOut,
  };
});
