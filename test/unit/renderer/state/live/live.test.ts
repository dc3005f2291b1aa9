import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeronBridge } from '../../../../../domain/contract/contract';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const start = Date.UTC(2026, 10, 24, 14);

async function storesOn(bridge: HeronBridge | undefined) {
  stubPage(bridge);
  const { useLiveStore } = await import('../../../../../renderer/state/live/live');
  const { useNowStore } = await import('../../../../../renderer/state/time/now');
  const { useViewStore } = await import('../../../../../renderer/state/fleet/view');
  const stores = { live: useLiveStore(), now: useNowStore(), view: useViewStore() };
  stores.now.start();
  return stores;
}

describe('what arrives', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
    setActivePinia(createPinia());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is the snapshot first and changes to it then', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, view } = await storesOn(bridge);
    expect(view.mode).toBe('waiting');
    await live.connect();
    expect(view.mode).toBe('live');
    expect(view.clusters).toHaveLength(16);
    bridge.send([madeCluster('new-01', 2, start)], [], ['gru-01']);
    expect(view.byId.has('new-01')).toBe(true);
    expect(view.byId.has('gru-01')).toBe(false);
  });

  it('loses no change that comes before the first answer', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, view } = await storesOn(bridge);
    const connected = live.connect();
    bridge.send([madeCluster('new-01', 2, start)]);
    await connected;
    expect(view.byId.has('new-01')).toBe(true);
  });

  it('turns everything unknown when nothing arrives any more, and back when it does', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, now, view } = await storesOn(bridge);
    await live.connect();
    await vi.advanceTimersByTimeAsync(4900);
    expect(view.mode).toBe('live');
    await vi.advanceTimersByTimeAsync(1100);
    expect(view.mode).toBe('stalled');
    expect(new Set(view.clusters.map(({ health }) => health))).toEqual(new Set(['unknown', 'disabled']));
    expect(view.clockMs).toBe(start);
    expect(view.atMs).toBe(now.nowMs);
    bridge.tick();
    expect(view.mode).toBe('live');
    expect(view.byId.get('ams-01')?.health).toBe('up');
    now.stop();
  });

  it('does not take a hidden window’s silence for a stall', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, now, view } = await storesOn(bridge);
    await live.connect();
    await vi.advanceTimersByTimeAsync(60_000);
    live.excuseSilence();
    now.tick();
    expect(view.mode).toBe('live');
    now.stop();
  });

  it('does not expect anything where nothing is polled', async () => {
    const { live, now, view } = await storesOn(new FakeBridge('empty', start, Date.now));
    await live.connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(view.mode).toBe('live');
    now.stop();
  });

  it('asks again after a failure, and says what failed meanwhile', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const failure = { what: 'The inventory cannot be read.', where: 'inventory', todo: 'Import it again.' };
    bridge.failures.set('snapshot.get', failure);
    const { live, now, view } = await storesOn(bridge);
    void live.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.failure).toEqual(failure);
    expect(view.mode).toBe('waiting');
    bridge.failures.clear();
    await vi.advanceTimersByTimeAsync(2000);
    expect(live.failure).toBeNull();
    expect(view.clusters).toHaveLength(16);
    now.stop();
  });

  it('does not show what is not what the contract says', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, now, view } = await storesOn(bridge);
    await live.connect();
    bridge.send([{ ...madeCluster('new-01', 2, start), health: 'splendid' as 'up' }]);
    expect(view.byId.has('new-01')).toBe(false);
    expect(live.failure?.where).toContain('clusters.0.health');
    now.stop();
  });

  it('has all rows again after a notice that could not be read', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, now, view } = await storesOn(bridge);
    await live.connect();
    const asked = (): number => bridge.asked.filter(({ name }) => name === 'snapshot.get').length;
    expect(asked()).toBe(1);
    bridge.sendText('{"atMs":');
    expect(live.failure?.what).toContain('could not be read');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(2);
    expect(live.failure).toBeNull();
    expect(view.clusters).toHaveLength(16);
    now.stop();
  });

  it('reads what depends on events again once after a burst of them', async () => {
    const bridge = new FakeBridge('states', start, Date.now);
    const { live, now } = await storesOn(bridge);
    const { useRequest } = await import('../../../../../renderer/bridge/use-query');
    const { effectScope } = await import('vue');
    const scope = effectScope();
    const asked = { clusterId: null, fromMs: null, toMs: null, beforeId: null, limit: 1 };
    scope.run(() => useRequest('incidents.list', () => asked));
    await live.connect();
    const reads = (): number => bridge.asked.filter(({ name }) => name === 'incidents.list').length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(reads()).toBe(1);
    const [event] = madeHistory(start);
    for (let id = 9000; id < 9005; id += 1) bridge.send([], [{ ...event!, id }]);
    await vi.advanceTimersByTimeAsync(400);
    expect(reads()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(reads()).toBe(2);
    bridge.tick();
    await vi.advanceTimersByTimeAsync(5000);
    expect(reads()).toBe(2);
    scope.stop();
    now.stop();
  });

  it('says so when there is no bridge', async () => {
    const { live, now } = await storesOn(undefined);
    const connected = live.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.failure?.what).toContain('not connected');
    live.disconnect();
    await connected;
    now.stop();
  });
});
