import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  listUntilMs,
  mergeEvents,
  untilT,
  useEventsStore,
} from '../../../../../renderer/state/history/events';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const failure = { what: 'The history cannot be read.', where: 'events', todo: 'Try again.' };

describe('lists of events', () => {
  let bridge: FakeBridge;
  beforeEach(() => {
    setActivePinia(createPinia());
    bridge = new FakeBridge('states', now, () => now);
    stubPage(bridge);
  });
  afterEach(() => vi.unstubAllGlobals());

  const all = { clusterId: null, types: null };

  it('are read page by page to the end, newest first, each event once', async () => {
    const events = useEventsStore();
    const list = events.open(all);
    await vi.waitFor(() => expect(list.loading).toBe(false));
    expect(list.rows).toHaveLength(100);
    while (!list.complete) await events.loadOlder(list);
    expect(list.rows.map(({ id }) => id)).toEqual(madeHistory(now).map(({ id }) => id));
    const asked = bridge.asked.length;
    await events.loadOlder(list);
    expect(bridge.asked).toHaveLength(asked);
  });

  it('are one list for one filter, whatever the order of its types', () => {
    const events = useEventsStore();
    expect(events.open({ clusterId: null, types: ['gap', 'failover'] })).toBe(
      events.open({ clusterId: null, types: ['failover', 'gap'] }),
    );
  });

  it('of the past hold what was known then, read as the past and not through all that came since', async () => {
    const events = useEventsStore();
    const history = madeHistory(now);
    const travelMs = history[Math.floor(history.length / 2)]!.event.timeMs;
    const untilMs = listUntilMs(travelMs)!;
    expect(untilMs).toBeGreaterThan(travelMs);
    expect(listUntilMs(null)).toBeNull();
    const list = events.open({ ...all, untilMs });
    await vi.waitFor(() => expect(list.loading).toBe(false));
    while (!list.complete) await events.loadOlder(list);
    const expected = history.filter(({ event }) => event.timeMs <= travelMs).map(({ id }) => id);
    expect(untilT(list.rows, travelMs).map(({ id }) => id)).toEqual(expected);
    expect(list.rows.every(({ event }) => event.timeMs < untilMs)).toBe(true);
    const before = list.rows.length;
    events.addNew([{ ...history[0]!, id: 9001 }]);
    expect(list.rows).toHaveLength(before);
    expect(events.open(all)).not.toBe(list);
  });

  it('take new events where they belong; a gap belongs to every cluster', async () => {
    const events = useEventsStore();
    const frankfurt = events.open({ clusterId: 'fra-02', types: null });
    const failovers = events.open({ clusterId: null, types: ['failover'] });
    await vi.waitFor(() => expect(frankfurt.loading || failovers.loading).toBe(false));
    const before = [frankfurt.rows.length, failovers.rows.length];
    const gap = madeHistory(now).find(({ event }) => event.type === 'gap')!;
    const other = madeHistory(now).find(
      ({ event }) => event.type === 'failover' && event.clusterName === 'sjc-01',
    )!;
    events.addNew([
      { ...gap, id: 9001 },
      { ...other, id: 9002 },
    ]);
    expect(frankfurt.rows.map(({ id }) => id)).toContain(9001);
    expect(frankfurt.rows).toHaveLength(before[0]! + 1);
    expect(failovers.rows[0]!.id).toBe(9002);
    expect(failovers.rows).toHaveLength(before[1]! + 1);
  });

  it('stay bounded however many events come, and what went can be read again', async () => {
    const events = useEventsStore();
    const list = events.open({ clusterId: null, types: ['gap'] });
    await vi.waitFor(() => expect(list.loading).toBe(false));
    const gap = madeHistory(now).find(({ event }) => event.type === 'gap')!;
    for (let id = 10_000; id < 15_000; id += 100) {
      events.addNew(Array.from({ length: 100 }, (_, at) => ({ ...gap, id: id + at })));
    }
    expect(list.rows).toHaveLength(1000);
    expect(list.rows[0]!.id).toBe(14_999);
    expect(list.complete).toBe(false);
    await events.loadOlder(list);
    const read = list.rows.length;
    events.addNew([{ ...gap, id: 15_000 }]);
    expect(list.rows).toHaveLength(read);
    expect(list.rows[0]!.id).toBe(15_000);
  });

  it('say when they could not be read, and can be asked again', async () => {
    bridge.failures.set('history.events', failure);
    const events = useEventsStore();
    const list = events.open(all);
    await vi.waitFor(() => expect(list.loading).toBe(false));
    expect(list.failure).toEqual(failure);
    expect(list.complete).toBe(false);
    bridge.failures.clear();
    await events.loadOlder(list);
    expect(list.failure).toBeNull();
    expect(list.rows).toHaveLength(100);
  });

  it('are shown in the order of their times, however late each was recorded', () => {
    const [first, second, third] = madeHistory(now).slice(0, 3);
    const at = (recorded: typeof first, ms: number) => ({
      ...recorded!,
      event: { ...recorded!.event, timeMs: ms },
    });
    const rows = [at(first, now - 3), at(second, now - 1), at(third, now - 2)];
    expect(untilT(rows, null).map(({ event }) => event.timeMs)).toEqual([now - 1, now - 2, now - 3]);
    expect(untilT(rows, now - 2).map(({ event }) => event.timeMs)).toEqual([now - 2, now - 3]);
  });

  it('merge without doubles', () => {
    const [a, b, c] = madeHistory(now, 0);
    expect(mergeEvents([b!, c!], [a!, b!]).map(({ id }) => id)).toEqual([a!.id, b!.id, c!.id]);
  });
});
