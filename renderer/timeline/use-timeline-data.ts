import { useDebounceFn, useIntervalFn } from '@vueuse/core';
import { shallowRef, watch, type Ref } from 'vue';
import type { RequestFailure } from '../../domain/contract/contract';
import type { Gap, Span } from '../../domain/contract/past';
import type { RecordedEvent } from '../../domain/event';
import { failureOf, request } from '../bridge/heron';
import { spanKey } from './draw-timeline';
import { markedTypes } from './marks';

/** What history says of a range, for the lanes that are there. */
export interface TimelineData {
  fromMs: number;
  toMs: number;
  spansBy: ReadonlyMap<string, readonly Span[]>;
  gaps: readonly Gap[];
  events: readonly RecordedEvent[];
  /** Older events of the range were left out: there are too many to draw. */
  cut: boolean;
}

const leastRefreshMs = 2000;
const mostRefreshMs = 60_000;
/** Ranges beyond this are read with little around them: they hold a lot, and are panned less than zoomed. */
const longMs = 7 * 86_400_000;
const pageSize = 1000;
const mostEvents = 20_000;
const empty: TimelineData = { fromMs: 0, toMs: 0, spansBy: new Map(), gaps: [], events: [], cut: false };

/** How often a range that reaches to now is read anew: what is new in a year's picture is seen after a minute, too. */
export function refreshEveryMs(lengthMs: number): number {
  return Math.min(mostRefreshMs, Math.max(leastRefreshMs, lengthMs / 1000));
}

/**
 * Reads what a range needs, with as much again on both sides, so that panning has it already. While the range reaches to now
 * it is read anew.
 */
export function useTimelineData(
  range: Ref<{ fromMs: number; toMs: number }>,
  subjectIds: Ref<readonly string[]>,
  nowMs: () => number,
) {
  const data = shallowRef<TimelineData>(empty);
  const failure = shallowRef<RequestFailure | null>(null);
  const loading = shallowRef(false);
  let asking = false;
  let again = false;
  let readMs = -Infinity;

  function covers(): boolean {
    const { fromMs, toMs } = range.value;
    const length = toMs - fromMs;
    const held = data.value.toMs - data.value.fromMs;
    const inside = data.value.fromMs <= fromMs && data.value.toMs >= Math.min(toMs, nowMs());
    return inside && held <= length * 12;
  }

  async function load(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    loading.value = true;
    try {
      do {
        again = false;
        data.value = await read(range.value, subjectIds.value);
        readMs = performance.now();
      } while (again);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'history.spans');
    } finally {
      asking = false;
      loading.value = false;
    }
  }

  const loadSoon = useDebounceFn(() => load(), 60);
  watch(range, () => {
    if (!covers()) void loadSoon();
  });
  watch(
    () => subjectIds.value.join(' '),
    () => void load(),
    { immediate: true },
  );
  useIntervalFn(() => {
    const { fromMs, toMs } = range.value;
    const due = performance.now() - readMs >= refreshEveryMs(toMs - fromMs);
    if (due && toMs >= nowMs() - leastRefreshMs && !asking) void load();
  }, leastRefreshMs);
  return { data, failure, loading };
}

async function read(
  range: { fromMs: number; toMs: number },
  subjects: readonly string[],
): Promise<TimelineData> {
  const length = range.toMs - range.fromMs;
  const around = length > longMs ? length * 0.15 : length;
  const asked = {
    fromMs: Math.max(0, Math.floor(range.fromMs - around)),
    toMs: Math.max(1, Math.ceil(range.toMs + around)),
  };
  const [spans, gaps, { events, cut }] = await Promise.all([
    request('history.spans', { ...asked, subjectIds: [...subjects] }),
    request('history.gaps', asked),
    allEvents(asked),
  ]);
  const spansBy = new Map<string, Span[]>();
  for (const span of spans) {
    const key = spanKey(span.kind, span.subjectId);
    const list = spansBy.get(key);
    if (list) list.push(span);
    else spansBy.set(key, [span]);
  }
  return { ...asked, spansBy, gaps, events, cut };
}

async function allEvents(range: {
  fromMs: number;
  toMs: number;
}): Promise<{ events: RecordedEvent[]; cut: boolean }> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await request('events.list', {
      clusterId: null,
      types: [...markedTypes],
      range,
      beforeId: events.at(-1)?.id ?? null,
      limit: pageSize,
    });
    events.push(...page);
    if (page.length < pageSize) return { events, cut: false };
    if (events.length >= mostEvents) return { events, cut: true };
  }
}
