import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const start = Date.UTC(2026, 10, 24, 14);

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('asks about problems of the present, and about nothing in an opened file', async () => {
  stubPage(new FakeBridge('states', start, Date.now));
  const { useLiveStore } = await import('../../../../../renderer/state/live/live');
  const { useFileStore } = await import('../../../../../renderer/state/live/file');
  const { useAckStore } = await import('../../../../../renderer/state/window/acknowledge-dialog');
  const [live, file, ack] = [useLiveStore(), useFileStore(), useAckStore()];
  await live.connect();
  expect([ack.canAsk('gru-01'), ack.canAsk('ams-01'), ack.canAsk('no-such')]).toEqual([true, false, false]);
  vi.spyOn(file, 'isOpen', 'get').mockReturnValue(true);
  expect(ack.canAsk('gru-01')).toBe(false);
  ack.ask('gru-01');
  expect(ack.openIds).toEqual([]);
});
