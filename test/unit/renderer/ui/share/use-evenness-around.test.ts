import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterView } from '../../../../../domain/model/snapshot';
import type { ShareRequest, ShareSeries, Span } from '../../../../../domain/model/history';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { inSetup } from '../../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const minuteMs = 60_000;
const movedMs = now - 15 * minuteMs;

/** Each edge carries the same, and is polled at an interval of its own: a step without a poll of it has no value. */
function shareAt(intervalsMs: readonly number[], { fromMs, toMs, points }: ShareRequest): ShareSeries {
  const stepMs = Math.ceil((toMs - fromMs) / points);
  const times = Array.from({ length: points }, (_, step) => fromMs + step * stepMs);
  const isPolled = (ms: number, intervalMs: number): boolean =>
    Math.floor((ms + stepMs - 1) / intervalMs) > Math.floor((ms - 1) / intervalMs);
  const edges = intervalsMs.map((intervalMs, index) => ({
    edgeId: `e${index}`,
    edgeName: `e${index}`,
    number: index + 1,
    bitsPerSecond: times.map((ms) => (isPolled(ms, intervalMs) ? 100 : null)),
  }));
  return { fromMs, toMs, stepMs, times, edges };
}

describe('evenness around a failover', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is known although one edge is polled less often than the others', async () => {
    const bridge = new FakeBridge('well', now, Date.now);
    const spans = ['e0', 'e1'].map((subjectId): Span => ({
      kind: 'edge-health',
      subjectId,
      state: 'up',
      fromMs: 0,
      toMs: null,
      reasons: null,
    }));
    stubPage({
      request: (name, args) => {
        if (name === 'history.share')
          return Promise.resolve(JSON.stringify(shareAt([2000, minuteMs], args as ShareRequest))) as never;
        if (name === 'history.spans') return Promise.resolve(JSON.stringify(spans)) as never;
        return bridge.request(name, args);
      },
      on: () => () => undefined,
    });
    const { useEvennessAround } = await import('../../../../../renderer/ui/share/use-evenness-around');
    const bracket = { lastOldMs: movedMs, firstNewMs: movedMs + 1000 };
    const cluster = { id: 'ams-01', lastFailover: { bracket } } as ClusterView;
    const { state, unmount } = inSetup(() => useEvennessAround(() => cluster));
    await vi.advanceTimersByTimeAsync(100);
    const { before, after } = state.around.value ?? {};
    expect([before?.evenness, after?.evenness]).toEqual([1, 1]);
    unmount();
  });
});
