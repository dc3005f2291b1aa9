import { useIntervalFn } from '@vueuse/core';
import { shallowRef } from 'vue';
import { request } from '../../bridge/heron';
import { useLatest } from '../../bridge/use-latest';
import { useTimeStore } from '../../state/time/time';
import { useViewStore } from '../../state/fleet/view';
import { requestShare } from './request-share';
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
    const states = (subjectIds: string[]) => request('history.spans', { fromMs, toMs, subjectIds });
    // The edges it has now; most often those of the whole range.
    const known = view.byId.get(clusterId())?.edges.map(({ id }) => id) ?? [];
    const [series, spans, coverage] = await Promise.all([
      requestShare({ clusterId: clusterId(), fromMs, toMs, points }),
      states(known),
      beganMs.value === null ? request('history.coverage', undefined) : null,
    ]);
    beganMs.value ??= coverage?.firstMs ?? null;
    const others = series.edges.map(({ edgeId }) => edgeId).filter((id) => !known.includes(id));
    const more = others.length > 0 ? await states(others) : [];
    return sharesOverTime(series, [...spans, ...more]);
  }

  const { answer, failure, again } = useLatest({
    wanted: () => [clusterId(), time.travelMs, time.windowMs].join(' '),
    subject: clusterId,
    ask,
    where: 'history.share',
  });
  useIntervalFn(() => {
    if (time.live) void again();
  }, refreshMs);
  return { shares: answer, beganMs, failure };
}
