import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeronBridge } from '../../../../../domain/contract/contract';
import { madeAlert } from '../../../../fixtures/fake-bridge/alerts';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const start = Date.UTC(2026, 10, 29, 21, 31);

async function alertsOn(bridge: HeronBridge) {
  stubPage(bridge);
  const { useAlertsStore } = await import('../../../../../renderer/state/live/alerts');
  const { useTimeStore } = await import('../../../../../renderer/state/time/time');
  return { alerts: useAlertsStore(), time: useTimeStore() };
}

describe('the alerts of now', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
    setActivePinia(createPinia());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('follow the notices, worst first', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { alerts } = await alertsOn(bridge);
    expect(alerts.list).toBeNull();
    await alerts.connect();
    expect(alerts.unacknowledged).toBe(3);
    const worse = madeAlert('cluster-down', 'lhr-01', start);
    bridge.alerts.change({ changed: [worse] });
    expect(alerts.list?.alerts[0]).toEqual(worse);
    expect(alerts.unacknowledged).toBe(4);
    bridge.alerts.change({ removedIds: [worse.id] });
    expect(alerts.unacknowledged).toBe(3);
  });

  it('lose no change that comes before the first answer', async () => {
    const bridge = new FakeBridge('well', start, Date.now);
    const { alerts } = await alertsOn(bridge);
    const connected = alerts.connect();
    bridge.alerts.change({ changed: [madeAlert('cpu', 'lhr-01', start)] });
    await connected;
    expect(alerts.unacknowledged).toBe(1);
  });

  it('are read again until they are there, and say why they are not', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    bridge.failures.set('alerts.list', { what: 'Broken.', where: 'alerts.list', todo: 'Wait.' });
    const { alerts } = await alertsOn(bridge);
    const connected = alerts.connect();
    await vi.waitFor(() => expect(alerts.failure?.what).toBe('Broken.'));
    bridge.failures.clear();
    await vi.advanceTimersByTimeAsync(2_500);
    await connected;
    expect(alerts.failure).toBeNull();
    expect(alerts.list?.alerts).toHaveLength(5);
  });

  it('give way to those of the time that is shown, which nobody can acknowledge', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { alerts, time } = await alertsOn(bridge);
    await alerts.connect();
    expect(alerts.canAct).toBe(true);
    time.travelTo(start - 60_000);
    await vi.waitFor(() => expect(alerts.list?.atMs).toBe(start - 60_000));
    expect(alerts.canAct).toBe(false);
  });
});
