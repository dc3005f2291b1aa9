import { expect, it } from 'vitest';
import { OutageTracker } from '../../../../domain/past/outage-tracker';
import type { HeronEvent } from '../../../../domain/model/event';

const hourMs = 3_600_000;

const state = (timeMs: number, to: 'up' | 'down'): HeronEvent => ({
  type: 'cluster-state',
  ...{ timeMs, recordedAtMs: timeMs, clusterId: 'fra', clusterName: 'fra-01', reasons: [] },
  ...{ from: to === 'up' ? 'down' : 'up', to },
});

it('gives up outages that ended before a time, the last ones and one that lasts excepted', () => {
  const tracker = new OutageTracker();
  for (let hour = 0; hour < 10; hour += 1) {
    tracker.add(state(hour * hourMs, 'down'));
    tracker.add(state(hour * hourMs + 60_000, 'up'));
  }
  tracker.add(state(10 * hourMs, 'down'));
  expect(tracker.takeSettled(5 * hourMs, 2)).toHaveLength(5);
  expect(tracker.outages).toHaveLength(6);
  expect(tracker.takeSettled(5 * hourMs, 2)).toEqual([]);
  expect(tracker.takeSettled(100 * hourMs, 2)).toHaveLength(4);
  expect(tracker.takeSettled(100 * hourMs, 0)).toHaveLength(1);
  expect(tracker.outages).toMatchObject([{ possible: { toMs: null } }]);
  tracker.add(state(10 * hourMs + 60_000, 'up'));
  expect(tracker.takeSettled(100 * hourMs, 0)).toHaveLength(1);
});
