import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { failureOf, request } from '../../bridge/heron';

/** Which events a list contains; null: all. Gaps belong to no cluster and are in the list of each. */
export interface EventFilter {
  clusterId: string | null;
  types: readonly HeronEventType[] | null;
  /** Only what was before this, UTC milliseconds; left out or null: up to now. */
  untilMs?: number | null;
}

/** Lists of the past end at whole steps, so that a moving T does not need a new list each time. */
const untilStepMs = 600_000;

/** The end of the list that contains everything up to T; null: live. */
export function listUntilMs(travelMs: number | null): number | null {
  return travelMs === null ? null : (Math.floor(travelMs / untilStepMs) + 1) * untilStepMs;
}

/** The rows up to T, live all of them, the latest that happened first: some are recorded later than what happened after them. */
export function untilT(rows: readonly RecordedEvent[], travelMs: number | null): readonly RecordedEvent[] {
  const known = travelMs === null ? rows : rows.filter(({ event }) => event.timeMs <= travelMs);
  return known.toSorted((a, b) => b.event.timeMs - a.event.timeMs || b.id - a.id);
}

/** One list of events, newest first, and how far back it has been read. */
export interface EventList {
  filter: EventFilter;
  rows: RecordedEvent[];
  /** How many rows were loaded by paging back: at least that many stay. */
  pagedRows: number;
  loading: boolean;
  /** There are no older events. */
  complete: boolean;
  failure: RequestFailure | null;
}

const pageSize = 100;
/** The most rows that notices add to a list: a wall stays open for weeks. Older ones are read from the history again. */
const maxLiveRows = 1000;
const maxLists = 24;

function keyOf(filter: EventFilter): string {
  const types = filter.types === null ? '*' : [...filter.types].sort().join(',');
  return `${filter.clusterId ?? '*'} ${types} ${filter.untilMs ?? 'now'}`;
}

/** Whether an event belongs to a list. */
export function matches({ event }: RecordedEvent, filter: EventFilter): boolean {
  if (event.timeMs >= (filter.untilMs ?? Infinity)) return false;
  if (filter.types !== null && !filter.types.includes(event.type)) return false;
  if (filter.clusterId === null || event.type === 'gap') return true;
  return 'clusterId' in event && event.clusterId === filter.clusterId;
}

/** Both lists as one, newest first, each event once. */
export function mergeEvents(some: readonly RecordedEvent[], more: readonly RecordedEvent[]): RecordedEvent[] {
  const byId = new Map([...some, ...more].map((recorded) => [recorded.id, recorded]));
  return [...byId.values()].sort((a, b) => b.id - a.id);
}

/** Lists of events by filter. Each is read from the history page by page; notices add new events to all of them. */
export const useEventsStore = defineStore('events', () => {
  const lists = new Map<string, EventList>();

  /** The list for a filter. A new list reads its first page. */
  function open(filter: EventFilter): EventList {
    const key = keyOf(filter);
    const known = lists.get(key);
    if (known) return known;
    const list = shallowReactive<EventList>({
      filter,
      rows: [],
      pagedRows: 0,
      loading: false,
      complete: false,
      failure: null,
    });
    lists.set(key, list);
    const oldest = lists.keys().next().value;
    if (lists.size > maxLists && oldest !== undefined) lists.delete(oldest);
    void loadOlder(list);
    return list;
  }

  /** Reads the next older page. */
  async function loadOlder(list: EventList): Promise<void> {
    if (list.loading || list.complete) return;
    list.loading = true;
    const { untilMs = null } = list.filter;
    try {
      const page = await request('history.events', {
        clusterId: list.filter.clusterId,
        types: list.filter.types === null ? null : [...list.filter.types],
        range: untilMs === null ? null : { fromMs: 0, toMs: untilMs },
        beforeId: list.rows.at(-1)?.id ?? null,
        limit: pageSize,
      });
      list.rows = mergeEvents(list.rows, page);
      list.pagedRows = list.rows.length;
      list.complete = page.length < pageSize;
      list.failure = null;
    } catch (thrown) {
      list.failure = failureOf(thrown, 'history.events');
    } finally {
      list.loading = false;
    }
  }

  function addNew(events: readonly RecordedEvent[]): void {
    if (events.length === 0) return;
    for (const list of lists.values()) {
      const fitting = events.filter((recorded) => matches(recorded, list.filter));
      if (fitting.length > 0) truncate(list, mergeEvents(list.rows, fitting));
    }
  }

  function truncate(list: EventList, rows: RecordedEvent[]): void {
    list.rows = rows.slice(0, Math.max(maxLiveRows, list.pagedRows));
    if (list.rows.length < rows.length) list.complete = false;
  }

  return { open, loadOlder, addNew };
});
