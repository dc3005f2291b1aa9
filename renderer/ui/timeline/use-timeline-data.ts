import { useDebounceFn, useIntervalFn } from '@vueuse/core';
import { shallowRef, watch, type Ref } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { TimeRange } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../domain/model/event';
import { failureOf, request } from '../../bridge/heron';
import { mergeEvents, useEventsStore } from '../../state/history/events';
import { useLiveStore } from '../../state/live/live';
import { markedTypes } from './event-marks';
import { joined, laneKey, noData, toRead, type TimelineData } from './timeline-data';

const leastRefreshMs = 2000;
const mostRefreshMs = 60_000;
/** Ranges beyond this are read with little around them: they hold a lot, and are panned less than zoomed. */
const longMs = 7 * 86_400_000;
const pageSize = 10_000;
const mostEvents = 20_000;

/** How often a range that reaches to now is read on: what is new in a year's picture is seen after a minute, too. */
export function refreshEveryMs(lengthMs: number): number {
  return Math.min(mostRefreshMs, Math.max(leastRefreshMs, lengthMs / 1000));
}

/**
 * Holds what a range needs, with as much again on both sides, so that panning has it already. Only what is not held yet is read;
 * while the range reaches to now its end is read again. Events show as soon as they are recorded.
 */
export function useTimelineData(
  range: Ref<TimeRange>,
  subjectIds: Ref<readonly string[]>,
  nowMs: () => number,
) {
  const live = useLiveStore();
  const data = shallowRef<TimelineData>(noData);
  const failure = shallowRef<RequestFailure | null>(null);
  const loading = shallowRef(false);
  const newest = useEventsStore().open({ clusterId: null, types: markedTypes });
  let asking = false;
  let again = false;
  let readMs = -Infinity;

  /** Until now, but for what the next refresh brings. */
  function covers(): boolean {
    const { fromMs, toMs } = range.value;
    const knownMs = nowMs() - refreshEveryMs(toMs - fromMs) - leastRefreshMs;
    const wanted = { fromMs, toMs: Math.max(fromMs, Math.min(toMs, knownMs, writtenMs())) };
    return toRead(data.value, wanted).parts.length === 0;
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
        data.value = await next();
        readMs = performance.now();
      } while (again);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'history.lanes');
    } finally {
      asking = false;
      loading.value = false;
    }
  }

  /** Until when history has all that was seen: while it cannot be written, what is missing there comes later. */
  function writtenMs(): number {
    const history = live.snapshot?.monitor.history;
    return history?.state === 'failing' ? (history.lastWriteMs ?? 0) : Infinity;
  }

  /** What is held, with all that the range needs. */
  async function next(): Promise<TimelineData> {
    const ids = new Set(subjectIds.value);
    const wanted = until(nowMs(), withAround(range.value));
    const knownMs = Math.max(wanted.fromMs, Math.min(wanted.toMs, writtenMs()));
    const { parts, keep } = toRead(data.value, wanted);
    const known = data.value.subjectIds;
    const fresh = [...ids].filter((id) => !known.has(id));
    if (keep) for (const id of known) ids.add(id);
    let held = keep ? data.value : null;
    if (held !== null && fresh.length > 0) {
      const { fromMs, toMs } = held;
      const lanes = byKey(await request('history.lanes', { fromMs, toMs, subjectIds: fresh }));
      held = { ...held, subjectIds: ids, lanesBy: new Map([...held.lanesBy, ...lanes]) };
    }
    for (const part of parts) {
      const { states, whole } = readRange(part, ids);
      // Of what is read from nothing the states are shown as soon as they are there.
      if (held === null) data.value = await states;
      held = held === null ? await whole : joined(held, await whole);
    }
    if (held === null) return noData;
    const heldToMs = Math.max(knownMs, keep ? data.value.toMs : 0);
    return withEvents({ ...held, toMs: Math.min(held.toMs, heldToMs) }, newest.rows);
  }

  const loadSoon = useDebounceFn(() => load(), 60);
  watch(range, () => {
    if (!covers()) void loadSoon();
  });
  watch(
    subjectIds,
    (ids) => {
      if (ids.some((id) => !data.value.subjectIds.has(id)) || data.value === noData) void load();
    },
    { immediate: true },
  );
  watch(
    () => newest.rows,
    (rows) => {
      data.value = withEvents(data.value, rows);
    },
  );

  /** With the events that were recorded since: of the time that is held, and of now. */
  function withEvents(held: TimelineData, rows: readonly RecordedEvent[]): TimelineData {
    const { fromMs, toMs, events } = held;
    const known = new Set(events.map(({ id }) => id));
    const untilMs = toMs >= nowMs() - mostRefreshMs ? Infinity : toMs;
    const newer = rows.filter(
      ({ id, event }) => !known.has(id) && event.timeMs >= fromMs && event.timeMs < untilMs,
    );
    return newer.length > 0 ? { ...held, events: mergeEvents(events, newer) } : held;
  }

  useIntervalFn(() => {
    const { fromMs, toMs } = range.value;
    const due = performance.now() - readMs >= refreshEveryMs(toMs - fromMs);
    if (due && toMs >= nowMs() - leastRefreshMs && !asking) void load();
  }, leastRefreshMs);
  return { data, failure, loading };
}

function withAround({ fromMs, toMs }: TimeRange): TimeRange {
  const length = toMs - fromMs;
  const around = length > longMs ? length * 0.15 : length;
  return { fromMs: Math.max(0, Math.floor(fromMs - around)), toMs: Math.max(1, Math.ceil(toMs + around)) };
}

/** What comes after now is not known: it is not held either. */
function until(nowMs: number, { fromMs, toMs }: TimeRange): TimeRange {
  return { fromMs, toMs: Math.max(fromMs + 1, Math.min(toMs, Math.ceil(nowMs) + 1)) };
}

interface RangeReading {
  /** What is there first: without the events. */
  states: Promise<TimelineData>;
  whole: Promise<TimelineData>;
}

function readRange(asked: TimeRange, subjects: ReadonlySet<string>): RangeReading {
  const lanes = request('history.lanes', { ...asked, subjectIds: [...subjects] });
  const gaps = request('history.gaps', asked);
  const events = allEvents(asked);
  const states = Promise.all([lanes, gaps]).then(([found, holes]) => ({
    ...noData,
    ...asked,
    subjectIds: subjects,
    lanesBy: byKey(found),
    gaps: holes,
  }));
  const whole = Promise.all([states, events]).then(([read, found]) => ({
    ...read,
    ...found,
    eventsRead: true,
  }));
  // Whichever is waited for tells a failure; the other one need not.
  for (const reading of [states, whole]) reading.catch(() => undefined);
  return { states, whole };
}

function byKey(lanes: readonly StateLane[]): Map<string, StateLane> {
  return new Map(lanes.map((lane) => [laneKey(lane.kind, lane.subjectId), lane]));
}

async function allEvents(range: TimeRange): Promise<{ events: RecordedEvent[]; cut: boolean }> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await request('history.events', {
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
