import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { failureOf, request } from '../../bridge/heron';

/** Which events a list holds. Null: all of them. Gaps belong to no cluster and therefore to every cluster's list. */
export interface EventFilter {
  clusterId: string | null;
  types: readonly HeronEventType[] | null;
  /** Only what was before this, UTC milliseconds; left out or null: up to now. */
  untilMs?: number | null;
}

/** Lists of the past end at whole steps: a T that moves does not ask for a list of its own each time. */
const untilStepMs = 600_000;

/** Where the list ends that holds all up to T, and a little more; null: live. */
export function listUntilMs(travelMs: number | null): number | null {
  return travelMs === null ? null : (Math.floor(travelMs / untilStepMs) + 1) * untilStepMs;
}

/** What was known at T of a list's rows: all of them when live. */
export function untilT(rows: readonly RecordedEvent[], travelMs: number | null): readonly RecordedEvent[] {
  return travelMs === null ? rows : rows.filter(({ event }) => event.timeMs <= travelMs);
}

/** One list of events, newest first, and how far back it has been read. */
export interface EventList {
  filter: EventFilter;
  rows: RecordedEvent[];
  /** How many rows a person asked for by paging back: so many are kept at least. */
  askedRows: number;
  loading: boolean;
  /** Nothing older exists. */
  complete: boolean;
  failure: RequestFailure | null;
}

const pageSize = 100;
/** Rows that notices may make of a list: a wall stays open for weeks. Older ones are in the history, a page away. */
const mostLiveRows = 1000;
const mostLists = 24;

function keyOf(filter: EventFilter): string {
  const types = filter.types === null ? '*' : [...filter.types].sort().join(',');
  return `${filter.clusterId ?? '*'} ${types} ${filter.untilMs ?? 'now'}`;
}

/** Whether an event belongs into a list. */
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

/** Lists of events by filter. Notices feed all of them; each is read from the history page by page. */
export const useEventsStore = defineStore('events', () => {
  const lists = new Map<string, EventList>();

  /** The list for a filter; its first page is asked for when it is new. */
  function open(filter: EventFilter): EventList {
    const key = keyOf(filter);
    const known = lists.get(key);
    if (known) return known;
    const list = shallowReactive<EventList>({
      filter,
      rows: [],
      askedRows: 0,
      loading: false,
      complete: false,
      failure: null,
    });
    lists.set(key, list);
    const oldest = lists.keys().next().value;
    if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest);
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
      list.askedRows = list.rows.length;
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
      if (fitting.length > 0) keepNewest(list, mergeEvents(list.rows, fitting));
    }
  }

  function keepNewest(list: EventList, rows: RecordedEvent[]): void {
    list.rows = rows.slice(0, Math.max(mostLiveRows, list.askedRows));
    if (list.rows.length < rows.length) list.complete = false;
  }

  return { open, loadOlder, addNew };
});
