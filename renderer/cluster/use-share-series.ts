import { useIntervalFn } from '@vueuse/core';
import { shallowRef } from 'vue';
import { request } from '../bridge/heron';
import { useLatest } from '../bridge/use-latest';
import { useTimeStore } from '../stores/time';
import { useViewStore } from '../stores/view';
import { pointsFor, sharesOverTime, type SharesOverTime } from './share-over-time';

const refreshMs = 5000;

/** A cluster's shares over the window of time before T, read again every few seconds while that is now. */
export function useShareSeries(clusterId: () => string) {
  const view = useViewStore();
  const time = useTimeStore();
  /** Since when anything was watched, UTC milliseconds; null: not known. */
  const beganMs = shallowRef<number | null>(null);

  async function ask(): Promise<SharesOverTime> {
    const toMs = Math.round(time.travelMs ?? view.atMs);
    const fromMs = Math.max(0, toMs - time.windowMs);
    const points = pointsFor(toMs - fromMs, view.snapshot?.monitor.healthIntervalMs ?? 0);
    const series = await request('share.series', { clusterId: clusterId(), fromMs, toMs, points });
    const subjectIds = series.edges.map(({ edgeId }) => edgeId);
    beganMs.value ??= (await request('history.coverage', undefined))?.firstMs ?? null;
    return sharesOverTime(series, await request('history.spans', { fromMs, toMs, subjectIds }));
  }

  const { answer, failure, again } = useLatest({
    wanted: () => [clusterId(), time.travelMs, time.windowMs].join(' '),
    subject: clusterId,
    ask,
    where: 'share.series',
  });
  useIntervalFn(() => {
    if (time.live) void again();
  }, refreshMs);
  return { shares: answer, beganMs, failure };
}
