import { computed, type Ref } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import type { ClusterView } from '../../../domain/model/snapshot';
import type { RecordedOutage } from '../../../domain/past/recorded-outage';
import { useRequest } from '../../bridge/use-query';

/** A moving range is read again each time it has moved by this fraction of its length. */
const steps = 50;
const leastStepMs = 2_000;

/** How many outages a range has, of the kinds that the lanes show. */
export interface OutageCounts {
  noActiveLb: number;
  clusterDown: number;
}

/**
 * How often the clusters certainly had no active LB, or no serving edge, in the whole range, as incidents and availability count it. Null:
 * not read yet.
 */
export function useOutageCounts(range: Ref<TimeRange>, rows: Ref<readonly ClusterView[]>) {
  const { data } = useRequest('history.outages', () => {
    const stepMs = Math.max(leastStepMs, (range.value.toMs - range.value.fromMs) / steps);
    const fromMs = Math.max(0, Math.floor(range.value.fromMs / stepMs) * stepMs);
    const toMs = Math.ceil(range.value.toMs / stepMs) * stepMs;
    const clusterIds = rows.value.filter(({ kind }) => kind === 'cluster').map(({ id }) => id);
    return { clusterIds, fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) };
  });
  return computed(() => data.value && countOutages(data.value, range.value));
}

/** Counts those that certainly took some time, and touch the range. */
export function countOutages(outages: readonly RecordedOutage[], { fromMs, toMs }: TimeRange): OutageCounts {
  const certain = outages.filter(
    (outage) => outage.lengthMs.atLeast > 0 && outage.fromMs < toMs && (outage.toMs ?? Infinity) > fromMs,
  );
  const of = (kind: RecordedOutage['kind']): number => certain.filter((one) => one.kind === kind).length;
  return { noActiveLb: of('no-active-lb'), clusterDown: of('no-serving-edge') };
}
