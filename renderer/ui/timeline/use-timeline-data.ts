import { useDebounceFn } from '@vueuse/core';
import { ref, shallowRef, watch, type Ref } from 'vue';
import type { RecordedEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import type { Snapshot } from '../../../domain/model/snapshot';
import { useBridgeQuery } from '../../bridge/use-query';
import { mergeEvents, useEventsStore } from '../../state/history/events';
import { useLiveStore } from '../../state/live/live';
import { markedTypes } from './event-marks';
import { readMissing } from './read-timeline';
import { noData, toRead, type TimelineData } from './timeline-data';

const leastRefreshMs = 2000;
const mostRefreshMs = 60_000;
/** Longer ranges are read with a small margin: they are large, and panned less than zoomed. */
const longMs = 7 * 86_400_000;

/** Refresh interval of a range that extends to now; longer for longer ranges, where a minute is invisible. */
export function refreshEveryMs(lengthMs: number): number {
  return Math.min(mostRefreshMs, Math.max(leastRefreshMs, lengthMs / 1000));
}

/**
 * The history of the visible range, with the same length again on both sides for panning. Reads only missing parts; while the
 * range extends to now, its end is refreshed. Events appear as soon as they are recorded.
 */
export function useTimelineData(
  range: Ref<TimeRange>,
  subjectIds: Ref<readonly string[]>,
  nowMs: () => number,
) {
  const live = useLiveStore();
  const data = shallowRef<TimelineData>(noData);
  const newest = useEventsStore().open({ clusterId: null, types: markedTypes });
  let readMs = -Infinity;

  const writtenMs = (): number => writtenUntilMs(live.snapshot?.monitor.history);

  async function readNext(): Promise<void> {
    const wanted = until(nowMs(), withAround(range.value));
    const writtenToMs = Math.max(wanted.fromMs, Math.min(wanted.toMs, writtenMs()));
    const { keep } = toRead(data.value, wanted);
    const heldToMs = Math.max(writtenToMs, keep ? data.value.toMs : 0);
    const next = await readMissing(data.value, wanted, subjectIds.value, (states) => (data.value = states));
    data.value = withEvents({ ...next, toMs: Math.min(next.toMs, heldToMs) }, newest.rows, nowMs());
    readMs = performance.now();
  }

  function isRefreshDue(): boolean {
    const { fromMs, toMs } = range.value;
    if (toMs < nowMs() - leastRefreshMs) return false;
    return performance.now() - readMs >= refreshEveryMs(toMs - fromMs);
  }

  /** Increases with everything that asks for more; `met` is what was read for last. */
  const demand = ref(1);
  let met = 0;
  // The query only puts the reads in order: what was read is held here, where it is joined.
  const { failure, loading } = useBridgeQuery({
    request: 'history.lanes',
    name: 'timeline',
    args: () => demand.value,
    fetch: async (demanded) => {
      if (demanded !== met || isRefreshDue()) await readNext();
      met = demanded;
      return met;
    },
    refreshMs: () => leastRefreshMs,
    oneAtATime: true,
  });
  const readMore = (): void => void (demand.value += 1);
  const readMoreSoon = useDebounceFn(readMore, 60);

  /** Whether the range is held until now, except for what the next refresh brings. */
  function isHeld(): boolean {
    const { fromMs, toMs } = range.value;
    const knownMs = nowMs() - refreshEveryMs(toMs - fromMs) - leastRefreshMs;
    const wanted = { fromMs, toMs: Math.max(fromMs, Math.min(toMs, knownMs, writtenMs())) };
    return toRead(data.value, wanted).parts.length === 0;
  }

  watch(range, () => {
    if (!isHeld()) void readMoreSoon();
  });
  watch(subjectIds, (ids) => {
    if (ids.some((id) => !data.value.subjectIds.has(id))) readMore();
  });
  watch(
    () => newest.rows,
    (rows) => (data.value = withEvents(data.value, rows, nowMs())),
  );
  return { data, failure, loading };
}

/** Until when history has everything that was seen: while it cannot be written, the rest comes later. */
function writtenUntilMs(history: Snapshot['monitor']['history'] | undefined): number {
  return history?.state === 'failing' ? (history.lastWriteMs ?? 0) : Infinity;
}

/** With the events that were recorded since: those of the time that is held, and those of now. */
function withEvents(held: TimelineData, rows: readonly RecordedEvent[], nowMs: number): TimelineData {
  const { fromMs, toMs, events } = held;
  const known = new Set(events.map(({ id }) => id));
  const untilMs = toMs >= nowMs - mostRefreshMs ? Infinity : toMs;
  const newer = rows.filter(
    ({ id, event }) => !known.has(id) && event.timeMs >= fromMs && event.timeMs < untilMs,
  );
  return newer.length > 0 ? { ...held, events: mergeEvents(events, newer) } : held;
}

function withAround({ fromMs, toMs }: TimeRange): TimeRange {
  const length = toMs - fromMs;
  const around = length > longMs ? length * 0.15 : length;
  return { fromMs: Math.max(0, Math.floor(fromMs - around)), toMs: Math.max(1, Math.ceil(toMs + around)) };
}

/** Cuts the range at now, since the future is unknown. */
function until(nowMs: number, { fromMs, toMs }: TimeRange): TimeRange {
  return { fromMs, toMs: Math.max(fromMs + 1, Math.min(toMs, Math.ceil(nowMs) + 1)) };
}
