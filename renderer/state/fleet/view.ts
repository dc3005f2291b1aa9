import { defineStore } from 'pinia';
import { computed } from 'vue';
import { clockTime } from '../../../domain/words/clock';
import { isStalled } from '../live/arrivals';
import { asUnknown, readingsStoppedMs } from '../../../domain/past/as-unknown';
import { useLiveStore } from '../live/live';
import { stableRows } from '../live/stable-row';
import { useNowStore } from '../time/now';
import { usePreferencesStore } from '../settings/preferences';
import { useTimeStore } from '../time/time';

/**
 * What the views show. `waiting`: nothing has arrived yet; `live`: now; `stalled`: now, but nothing arrives, so everything is
 * unknown; `past`: a T of the past; `file`: the last moment of an opened file.
 */
export type ViewMode = 'waiting' | 'live' | 'stalled' | 'past' | 'file';

/**
 * The snapshot that is shown and the time T it is shown at. Views read it from here only and never ask whether it is
 * live: a past time is another mode of this store, not another view.
 */
export const useViewStore = defineStore('view', () => {
  const live = useLiveStore();
  const now = useNowStore();
  const preferences = usePreferencesStore();
  const time = useTimeStore();

  /** Where nothing is polled, missing notices are no stall. */
  const silent = computed(() => {
    const monitor = live.snapshot?.monitor;
    if (!monitor || monitor.edgesPolled === 0) return false;
    const intervalMs = Math.min(monitor.healthIntervalMs, monitor.roleIntervalMs);
    return isStalled(live.arrivals, now.monotonicMs, intervalMs);
  });
  const mode = computed<ViewMode>(() => {
    if (time.travelMs !== null) return 'past';
    if (live.snapshot === null) return 'waiting';
    if (now.standMs !== null) return 'file';
    return silent.value || live.snapshot.monitor.state === 'stalled' ? 'stalled' : 'live';
  });

  const snapshot = computed(() => {
    if (mode.value === 'past') return time.past;
    const shown = live.snapshot;
    if (shown === null || mode.value !== 'stalled') return shown;
    const atMs = readingsStoppedMs(shown);
    const at = clockTime(atMs, preferences.zone);
    return asUnknown({ ...shown, atMs }, `No readings since ${at}.`);
  });

  /** T: ages and "… ago" count to it, UTC milliseconds. Never before the snapshot itself. */
  const atMs = computed(() => time.travelMs ?? now.standMs ?? Math.max(now.nowMs, snapshot.value?.atMs ?? 0));

  /** T in whole seconds, for what shows no fractions: live, it changes once a second. */
  const atSecondMs = computed(() =>
    mode.value === 'live' ? Math.floor(atMs.value / 1000) * 1000 : atMs.value,
  );

  /** The time on the time chip: it stops when the readings stop. */
  const clockMs = computed(() =>
    mode.value === 'stalled' ? (snapshot.value?.atMs ?? now.nowMs) : atMs.value,
  );

  const clusters = computed(() => snapshot.value?.clusters ?? []);
  /** The same rows as of their last change in anything but metrics: what is made of this list is kept while only metrics change. */
  const stableClusters = computed(() => stableRows(clusters.value));
  const byId = computed(() => new Map(clusters.value.map((cluster) => [cluster.id, cluster])));

  return { mode, snapshot, atMs, atSecondMs, clockMs, clusters, stableClusters, byId };
});
