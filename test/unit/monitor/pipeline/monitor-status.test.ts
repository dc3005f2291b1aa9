import { expect, it } from 'vitest';
import { MonitorCounts, monitorStatus } from '../../../../monitor/pipeline/monitor-status';

/** The state of a monitor of 4 edges whose last poll, or refresh of a source, ended this long ago. */
function stateAfter(quietMs: number, throughSource: number): string {
  const counts = new MonitorCounts({ wallMs: 0, monotonicMs: 0 });
  const source = { name: 'p', edges: throughSource, scrapeIntervalMs: 60_000, failure: null };
  const host = { links: [], gateway: null };
  const files = { sizeBytes: null, lastWriteMs: null, care: null, proof: null };
  const writes = { state: 'writing' as const, words: '', waitingBatches: 0, droppedBatches: 0, ...files };
  return monitorStatus({
    ...{ nowMs: 1_000_000, nowMonotonicMs: quietMs, counts, edgesPolled: 4, lagMs: 0, network: null, host },
    ...{ healthIntervalMs: 5_000, roleIntervalMs: 1_000, writes },
    sources: throughSource > 0 ? [source] : [],
  }).state;
}

it('is stalled when no poll ends that is due, by the intervals of what polls', () => {
  expect([9_000, 11_000].map((quietMs) => stateAfter(quietMs, 0))).toEqual(['ok', 'stalled']);
  expect([60_000, 130_000].map((quietMs) => stateAfter(quietMs, 4))).toEqual(['ok', 'stalled']);
  // Own polls go on at their own pace beside a source.
  expect(stateAfter(11_000, 3)).toBe('stalled');
});
