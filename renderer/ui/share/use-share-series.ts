import { computed } from 'vue';
import type { FailoverEvent } from '../../../domain/model/event';
import type { Gap } from '../../../domain/model/history';
import { request } from '../../bridge/heron';
import { useBridgeQuery, useRequest } from '../../bridge/use-query';
import { useViewStore } from '../../state/fleet/view';
import { useTimeStore } from '../../state/time/time';
import { requestLbMoves } from './request-lb-moves';
import { requestPolledShare } from './request-share';
import { pointsFor, sharesOverTime, type SharesOverTime } from './share-over-time';

const refreshMs = 5000;

/** A cluster's shares over a range, with every change of the active LB and all time that was not monitored in it. */
interface ShareHistory {
  shares: SharesOverTime;
  moves: FailoverEvent[];
  gaps: Gap[];
}

/** A cluster's shares over the time window that ends at T, refreshed while T is now. */
export function useShareSeries(clusterId: () => string) {
  const view = useViewStore();
  const time = useTimeStore();

  async function fetch({ id, travelMs, windowMs }: ShareArgs): Promise<ShareHistory> {
    const toMs = Math.round(travelMs ?? view.atMs);
    const fromMs = Math.max(0, toMs - windowMs);
    const states = (subjectIds: string[]) => request('history.spans', { fromMs, toMs, subjectIds });
    // The edges it has now are in most cases those of the whole range: their states need not wait for the series.
    const known = view.byId.get(id)?.edges.map((edge) => edge.id) ?? [];
    const [series, spans, moves, gaps] = await Promise.all([
      requestPolledShare(
        { clusterId: id, fromMs, toMs },
        (intervalMs) => pointsFor(toMs - fromMs, intervalMs),
        view.snapshot?.monitor.healthIntervalMs ?? 0,
      ),
      states(known),
      requestLbMoves(id, { fromMs, toMs }),
      request('history.gaps', { fromMs, toMs }),
    ]);
    const others = series.edges.map(({ edgeId }) => edgeId).filter((edgeId) => !known.includes(edgeId));
    const more = others.length > 0 ? await states(others) : [];
    return {
      shares: sharesOverTime(series, [...spans, ...more]),
      moves,
      gaps: gaps.filter(({ clusterIds }) => clusterIds === null || clusterIds.includes(id)),
    };
  }

  const { data, failure } = useBridgeQuery({
    request: 'history.share',
    name: 'shares over time',
    subject: clusterId,
    args: (): ShareArgs => ({ id: clusterId(), travelMs: time.travelMs, windowMs: time.windowMs }),
    fetch,
    refreshMs: () => (time.live ? refreshMs : false),
    oneAtATime: true,
  });
  const coverage = useRequest('history.coverage', () => undefined, {
    // A new history covers nothing until the first readings are written.
    refreshMs: (latest) => (latest === null ? refreshMs : false),
  });
  /** Since when anything was monitored, UTC milliseconds; null: not known. */
  const beganMs = computed(() => coverage.data.value?.firstMs ?? null);
  return {
    shares: computed(() => data.value?.shares ?? null),
    moves: computed(() => data.value?.moves ?? []),
    gaps: computed(() => data.value?.gaps ?? []),
    beganMs,
    failure,
  };
}

interface ShareArgs {
  id: string;
  travelMs: number | null;
  windowMs: number;
}
