import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../domain/contract/contract';
import { failureOf, request } from '../bridge/heron';
import { useTimeStore } from '../stores/time';
import { useViewStore } from '../stores/view';
import { pointsFor, sharesOverTime, type SharesOverTime } from './share-over-time';

const refreshMs = 5000;

/** A cluster's shares over the window of time before T, read again every few seconds while that is now. */
export function useShareSeries(clusterId: () => string) {
  const view = useViewStore();
  const time = useTimeStore();
  const shares = shallowRef<SharesOverTime | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  /** Since when anything was watched, UTC milliseconds; null: not known. */
  const beganMs = shallowRef<number | null>(null);
  let asking = false;

  async function load(): Promise<void> {
    if (asking) return;
    asking = true;
    const id = clusterId();
    try {
      const toMs = Math.round(view.atMs);
      const fromMs = Math.max(0, toMs - time.windowMs);
      const points = pointsFor(toMs - fromMs, view.snapshot?.monitor.healthIntervalMs ?? 0);
      const series = await request('share.series', { clusterId: id, fromMs, toMs, points });
      const subjectIds = series.edges.map(({ edgeId }) => edgeId);
      beganMs.value ??= (await request('history.coverage', undefined))?.firstMs ?? null;
      const spans = await request('history.spans', { fromMs, toMs, subjectIds });
      if (id === clusterId()) shares.value = sharesOverTime(series, spans);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'share.series');
    } finally {
      asking = false;
    }
  }

  watch([clusterId, () => time.travelMs, () => time.windowMs], () => void load(), { immediate: true });
  useIntervalFn(() => {
    if (time.live) void load();
  }, refreshMs);
  return { shares, beganMs, failure };
}
