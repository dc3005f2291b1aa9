import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FailoverEvent, RecordedEvent } from '../../../../../domain/model/event';
import type { ShareRequest, ShareSeries } from '../../../../../domain/model/history';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { inSetup } from '../../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';
import { aFailover } from '../../../../fixtures/history/history-entries';

const now = Date.UTC(2026, 10, 24, 14);
const minuteMs = 60_000;

/** Moves of the active LB, and after them more events than a page of newest ones has, as a restart leaves them. */
function eventsOfARestart(): RecordedEvent[] {
  const moves = [25, 20, 10, 2].map((agoMin) => aFailover('ams-01', now - agoMin * minuteMs));
  const states = Array.from({ length: 150 }, (_, n) => ({
    type: 'edge-state' as const,
    timeMs: now - minuteMs + n,
    recordedAtMs: now - minuteMs + n,
    clusterId: 'ams-01',
    clusterName: 'ams-01',
    edgeId: `ams-01-${n}`,
    edgeName: `ams-01-${n}`,
    from: 'unknown' as const,
    to: 'up' as const,
    reasons: [],
  }));
  return [...moves, ...states].map((event, index) => ({ id: 100_000 + index, event })).reverse();
}

describe('the history of shares', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now });
    const bridge = new FakeBridge('well', now, Date.now);
    bridge.send([], eventsOfARestart());
    stubPage(bridge);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('has every change of the active LB in its range, however many events came after it', async () => {
    // The stores read the page when they are loaded.
    const { useTimeStore } = await import('../../../../../renderer/state/time/time');
    const { useShareSeries } = await import('../../../../../renderer/ui/share/use-share-series');
    const { state, unmount } = inSetup(() => ({ ...useShareSeries(() => 'ams-01'), time: useTimeStore() }));
    await vi.advanceTimersByTimeAsync(100);
    const agoMin = (moves: readonly FailoverEvent[]): number[] =>
      moves.map(({ timeMs }) => (now - timeMs) / minuteMs);
    expect(agoMin(state.moves.value)).toEqual([25, 20, 10, 2]);
    state.time.windowMs = 5 * minuteMs;
    state.time.travelTo(now - 9 * minuteMs);
    await vi.advanceTimersByTimeAsync(100);
    expect(agoMin(state.moves.value)).toEqual([10]);
    unmount();
  });

  it('has steps in which every edge was polled, also one with a longer interval than the others', async () => {
    const bridge = new FakeBridge('well', now, Date.now);
    const intervalsMs = [2000, 60_000];
    stubPage({
      request: (name, args) => {
        if (name !== 'history.share') return bridge.request(name, args);
        const { fromMs, toMs, points } = args as ShareRequest;
        const stepMs = Math.ceil((toMs - fromMs) / points);
        const times = Array.from({ length: points }, (_, step) => fromMs + step * stepMs);
        const edges = intervalsMs.map((intervalMs, index) => ({
          edgeId: `ams-01-0${index + 1}`,
          edgeName: `ams-01-0${index + 1}`,
          number: index + 1,
          bitsPerSecond: times.map((ms) =>
            Math.floor((ms + stepMs - 1) / intervalMs) > Math.floor((ms - 1) / intervalMs) ? 100 : null,
          ),
        }));
        const series: ShareSeries = { fromMs, toMs, stepMs, times, edges };
        return Promise.resolve(JSON.stringify(series)) as never;
      },
      on: () => () => undefined,
    });
    const { useShareSeries } = await import('../../../../../renderer/ui/share/use-share-series');
    const { state, unmount } = inSetup(() => useShareSeries(() => 'ams-01'));
    await vi.advanceTimersByTimeAsync(100);
    const shares = state.shares.value?.edges.map(({ parts }) => parts) ?? [];
    expect(shares).toHaveLength(2);
    for (const parts of shares) expect(new Set(parts)).toEqual(new Set([0.5]));
    unmount();
  });
});
