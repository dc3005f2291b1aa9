import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import type { TimeRange } from '../../../../../domain/model/history';
import { useTimelineData } from '../../../../../renderer/ui/timeline/use-timeline-data';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { inSetup } from '../../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const hourMs = 3_600_000;
const failure = { what: 'The history cannot be read.', where: 'history', todo: 'Try again.' };

describe('the data of the timeline', () => {
  let bridge: FakeBridge;
  /** Lanes that were asked for and are not answered while this is set. */
  let held: (() => void)[] | null;

  beforeEach(() => {
    vi.useFakeTimers({ now });
    bridge = new FakeBridge('states', now - 86_400_000, Date.now);
    held = null;
    stubPage({
      request: async (name, args) => {
        if (name === 'history.lanes' && held) await new Promise<void>((answer) => held?.push(answer));
        return bridge.request(name, args);
      },
      on: () => () => undefined,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function timeline(first: TimeRange, ids = ['ams-01']) {
    const range = shallowRef(first);
    const subjectIds = shallowRef<readonly string[]>(ids);
    const { state, unmount } = inSetup(() => useTimelineData(range, subjectIds, Date.now));
    return { range, subjectIds, ...state, unmount };
  }
  const lanesAsked = (): TimeRange[] =>
    bridge.asked.filter(({ name }) => name === 'history.lanes').map(({ args }) => args as TimeRange);
  const yesterday = { fromMs: now - 12 * hourMs, toMs: now - 11 * hourMs };

  it('is held around the range, so that panning nearby reads nothing', async () => {
    const { range, data } = timeline(yesterday);
    await vi.advanceTimersByTimeAsync(100);
    expect(data.value.eventsRead).toBe(true);
    expect(data.value.fromMs).toBeLessThan(yesterday.fromMs);
    range.value = { fromMs: yesterday.fromMs + hourMs / 2, toMs: yesterday.toMs + hourMs / 2 };
    await vi.advanceTimersByTimeAsync(100);
    expect(lanesAsked()).toHaveLength(1);
  });

  it('is read once more for all that was wanted while it was being read', async () => {
    held = [];
    const { range, data, loading } = timeline(yesterday);
    await vi.advanceTimersByTimeAsync(0);
    expect(loading.value).toBe(true);
    for (const days of [1, 2, 3]) {
      range.value = { fromMs: now - days * 24 * hourMs, toMs: now - (days * 24 - 1) * hourMs };
      await vi.advanceTimersByTimeAsync(100);
    }
    held.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    while (held.length > 0) {
      held.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(lanesAsked()).toHaveLength(2);
    expect(data.value.fromMs).toBeLessThanOrEqual(range.value.fromMs);
    expect(data.value.toMs).toBeGreaterThanOrEqual(range.value.toMs);
    expect(loading.value).toBe(false);
  });

  it('has states before events, and lanes that are opened later', async () => {
    const { subjectIds, data } = timeline(yesterday);
    await vi.advanceTimersByTimeAsync(100);
    subjectIds.value = ['ams-01', 'fra-02'];
    await vi.advanceTimersByTimeAsync(100);
    expect([...data.value.subjectIds]).toEqual(['ams-01', 'fra-02']);
    expect(data.value.lanesBy.has('cluster-health fra-02')).toBe(true);
  });

  it('says why it could not be read, and is read again while it reaches to now', async () => {
    bridge.failures.set('history.lanes', failure);
    const { failure: failed, data } = timeline({ fromMs: now - hourMs / 2, toMs: now + hourMs / 60 });
    await vi.advanceTimersByTimeAsync(100);
    expect(failed.value).toEqual(failure);
    bridge.failures.clear();
    await vi.advanceTimersByTimeAsync(4000);
    expect(failed.value).toBeNull();
    expect(data.value.toMs).toBeGreaterThan(now);
  });

  it('is refreshed only while its range reaches to now, and not once unmounted', async () => {
    const { range, unmount } = timeline({ fromMs: now - hourMs / 2, toMs: now + hourMs / 60 });
    await vi.advanceTimersByTimeAsync(10_500);
    const live = lanesAsked().length;
    expect(live).toBeGreaterThan(3);
    range.value = yesterday;
    await vi.advanceTimersByTimeAsync(1000);
    const moved = lanesAsked().length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lanesAsked()).toHaveLength(moved);
    unmount();
    range.value = { fromMs: now - hourMs, toMs: now };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lanesAsked()).toHaveLength(moved);
  });
});
