import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTimeStore } from '../../../../../renderer/state/time/time';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { inSetup } from '../../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const failure = { what: 'The history cannot be read.', where: 'history', todo: 'Try again.' };

describe('the time that is shown', () => {
  let bridge: FakeBridge;
  /** Requests that are not answered yet: each call answers the oldest. */
  let open: (() => void)[];

  function storeOf() {
    return inSetup(() => useTimeStore()).state;
  }
  const askedMs = (): number[] =>
    bridge.asked
      .filter(({ name }) => name === 'history.snapshotAt')
      .map(({ args }) => (args as { atMs: number }).atMs);

  beforeEach(() => {
    vi.useFakeTimers({ now });
    bridge = new FakeBridge('states', now - 86_400_000, Date.now);
    open = [];
    stubPage({
      request: async (name, args) => {
        await new Promise<void>((answer) => open.push(answer));
        return bridge.request(name, args);
      },
      on: () => () => undefined,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function answerAll(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) {
      open.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    }
  }

  it('asks for one snapshot at a time and ends at the latest T', async () => {
    const time = storeOf();
    for (const byMs of [1000, 2000, 3000, 4000]) {
      time.travelTo(now - byMs);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(open).toHaveLength(1);
    await answerAll();
    expect(askedMs()).toEqual([now - 1000, now - 4000]);
    expect(time.past?.atMs).toBe(now - 4000);
  });

  it('shows nothing of the past once it is live again, also when an answer comes late', async () => {
    const time = storeOf();
    time.travelTo(now - 1000);
    await vi.advanceTimersByTimeAsync(0);
    time.goLive();
    await answerAll();
    expect(time.past).toBeNull();
    time.travelTo(now + 1000);
    expect(time.live).toBe(true);
  });

  it('stops playing when a snapshot cannot be read, and reads again at the next T', async () => {
    const time = storeOf();
    bridge.failures.set('history.snapshotAt', failure);
    time.travelTo(now - 60_000);
    time.play();
    expect(time.playing).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    await answerAll();
    expect(time.failure).toEqual(failure);
    expect(time.playing).toBe(false);
    bridge.failures.clear();
    time.shift(-1000);
    await vi.advanceTimersByTimeAsync(0);
    await answerAll();
    expect(time.failure).toBeNull();
    expect(time.past?.atMs).toBe(time.travelMs);
  });

  it('plays at its speed up to now', async () => {
    const time = storeOf();
    time.travelTo(now - 10_000);
    time.speed = 5;
    time.play();
    await vi.advanceTimersByTimeAsync(1000);
    expect(time.travelMs).toBe(now - 5000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(time.live).toBe(true);
    expect(time.playing).toBe(false);
  });

  it('steps to the event before T, and says when there is none', async () => {
    const time = storeOf();
    const stepped = time.stepToEvent('before');
    await vi.advanceTimersByTimeAsync(0);
    await answerAll();
    expect(await stepped).toBe(true);
    expect(time.travelMs).toBeLessThan(now);
    bridge.failures.set('history.events', failure);
    const refused = time.stepToEvent('before');
    await vi.advanceTimersByTimeAsync(0);
    await answerAll();
    expect(await refused).toBe(false);
    expect(time.failure).toEqual(failure);
  });
});
