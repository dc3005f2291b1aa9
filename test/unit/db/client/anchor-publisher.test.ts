import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Anchor } from '../../../../db/chain/anchor';
import { AnchorPublisher } from '../../../../db/client/anchor-publisher';

const head = { id: 1, hash: 'ab'.repeat(32) };
const unsigned = { ledger: head, events: head, publicKey: null, signature: null };
const anchorOf = (atMs: number): Anchor => ({ format: 'heron-anchor-1', historyId: 'x', atMs, ...unsigned });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a place for anchors', () => {
  it('knows of nothing before the first anchor, then of the last one that was kept', async () => {
    const place = new AnchorPublisher({ where: '/mnt/vault', put: () => Promise.resolve() });
    expect(place.standing()).toEqual({ where: '/mnt/vault', keptMs: null, failure: null });
    await place.publish(anchorOf(7));
    await place.publish(anchorOf(9));
    expect(place.standing()).toEqual({ where: '/mnt/vault', keptMs: 9, failure: null });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps the time of the last that was kept while it is away, says why, and is well again when it is back', async () => {
    let away = false;
    const place = new AnchorPublisher({
      where: '/mnt/vault',
      put: () => (away ? Promise.reject(new Error('no such folder.')) : Promise.resolve()),
    });
    await place.publish(anchorOf(1));
    away = true;
    await place.publish(anchorOf(2));
    expect(place.standing()).toMatchObject({ keptMs: 1, failure: 'no such folder.' });
    away = false;
    await place.publish(anchorOf(3));
    expect(place.standing()).toMatchObject({ keptMs: 3, failure: null });
  });

  it('that never answers holds nobody up, is asked nothing more meanwhile, and what it kept late is not the latest', async () => {
    const asked: (() => void)[] = [];
    const place = new AnchorPublisher(
      { where: '/mnt/vault', put: () => new Promise<void>((resolve) => asked.push(resolve)) },
      1000,
    );
    const first = place.publish(anchorOf(1));
    await vi.advanceTimersByTimeAsync(1000);
    await first;
    await place.publish(anchorOf(2));
    expect(asked).toHaveLength(1);
    expect(place.standing()).toMatchObject({ keptMs: null, failure: 'there was no answer within 1 s.' });

    asked[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(place.standing()).toMatchObject({ keptMs: 1, failure: 'there was no answer within 1 s.' });
    const next = place.publish(anchorOf(3));
    asked[1]?.();
    await next;
    expect(place.standing()).toMatchObject({ keptMs: 3, failure: null });
  });
});
