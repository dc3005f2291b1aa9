import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../../../domain/model/snapshot';
import { isOwn, ownSubjects } from '../../../../../renderer/views/wall/own-subjects';
import { FakeBridge, type Scenario } from '../../../../fixtures/fake-bridge/fake-bridge';

const atMs = Date.UTC(2026, 10, 29, 21, 29, 58);

async function snapshotOf(scenario: Scenario): Promise<Snapshot> {
  const text = await new FakeBridge(scenario, atMs, () => atMs).request('snapshot.get', undefined);
  return JSON.parse(text) as Snapshot;
}

describe('Heron’s own tile on the wall', () => {
  it('says that it sees nothing, why, and what to do first, in place of a problem of every cluster', async () => {
    const snapshot = await snapshotOf('blind');
    const { banners, explained } = ownSubjects(snapshot, false, atMs, 'utc');
    expect(banners).toHaveLength(1);
    expect(banners[0]?.name).toBe(
      'Heron sees nothing: all 14 clusters + 1 standalone edge silent since 21:29:13',
    );
    expect(banners[0]?.reason).toMatch(/^Whether users are served is not known\./);
    expect(banners[0]?.reason).toMatch(/Check VPN, cable or Wi-Fi of this computer\.$/);
    expect(banners[0]?.timer).toBe('0:45');
    const unknown = snapshot.clusters.filter(({ health }) => health === 'unknown').map(({ id }) => id);
    expect([...explained].toSorted()).toEqual(unknown.toSorted());
  });

  it('stands above the wall while the first readings are awaited, and when they stop', async () => {
    const starting = ownSubjects(await snapshotOf('starting'), false, atMs, 'utc');
    expect(starting.banners[0]?.name).toMatch(/^First readings, 11 of \d+ edges$/);
    const stalled = ownSubjects(await snapshotOf('states'), true, atMs, 'utc');
    expect(stalled.banners[0]?.name).toBe('Readings have stopped arriving');
  });

  it('is not there where single clusters are unknown, which stay problems of their own', async () => {
    expect(ownSubjects(await snapshotOf('states'), false, atMs, 'utc')).toEqual({
      banners: [],
      explained: new Set(),
    });
  });

  it('has an id that no cluster can have', async () => {
    const { banners } = ownSubjects(await snapshotOf('blind'), false, atMs, 'utc');
    expect(banners.map(({ id }) => isOwn(id))).toEqual([true]);
    expect(isOwn('fra-01')).toBe(false);
  });
});
