import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../domain/contract/contract';
import { failureOf, request } from '../bridge/heron';
import { useViewStore } from '../stores/view';
import { sharesOverTime, type SharesOverTime } from './share-over-time';

const windowMs = 30 * 60_000;
const refreshMs = 5000;
const points = 180;

/** A cluster's shares over the 30 minutes before T, read again every few seconds. */
export function useShareSeries(clusterId: () => string) {
  const view = useViewStore();
  const shares = shallowRef<SharesOverTime | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  let asking = false;

  async function load(): Promise<void> {
    if (asking) return;
    asking = true;
    const id = clusterId();
    try {
      const toMs = view.atMs;
      const series = await request('share.series', { clusterId: id, fromMs: toMs - windowMs, toMs, points });
      if (id === clusterId()) shares.value = sharesOverTime(series);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'share.series');
    } finally {
      asking = false;
    }
  }

  watch(clusterId, () => void load(), { immediate: true });
  useIntervalFn(() => void load(), refreshMs);
  return { shares, failure };
}
