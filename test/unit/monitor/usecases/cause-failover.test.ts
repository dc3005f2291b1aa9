import { describe, expect, it } from 'vitest';
import { causeFailover, healthyCluster } from '../../../../monitor/usecases/cause-failover';
import type { CurrentMonitor } from '../../../../monitor/usecases/monitor-session';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';

const nowMs = 1_790_000_000_000;
const clock = { nowMs: () => nowMs + 0.4 };
const up = (name: string): ClusterView => ({ ...madeCluster(name, 3, nowMs), lastFailover: null });
const failedOver = (name: string, atMs: number): ClusterView => ({
  ...up(name),
  lastFailover: {
    ...{ type: 'failover', fromEdgeName: `${name}-01`, toEdgeName: `${name}-02` },
    bracket: { lastOldMs: atMs - 1000, firstNewMs: atMs },
    gapMs: { atLeast: 0, atMost: 1000 },
  },
});

function sessionOf(clusters: ClusterView[], isDemo = true) {
  const stopped: string[] = [];
  const demo = {
    inventoryFile: '',
    stop: () => Promise.resolve(),
    stopActiveLb: (name: string) => {
      stopped.push(name);
      return Promise.resolve();
    },
  };
  const monitor = { snapshot: () => madeSnapshot(clusters, nowMs) };
  const current = { demo: isDemo ? demo : null, monitor } as unknown as CurrentMonitor;
  return { stopped, session: { current: () => Promise.resolve(current) } };
}

describe('causing a failover', () => {
  it('stops the active LB of a healthy cluster, and says when', async () => {
    const { session, stopped } = sessionOf([up('fra-01'), up('lhr-01')]);
    expect(await causeFailover(session, clock)).toEqual({
      ...{ clusterId: up('lhr-01').id, clusterName: 'lhr-01', atMs: nowMs },
    });
    expect(stopped).toEqual(['lhr-01']);
  });

  it('is refused while one’s own edges are monitored', async () => {
    const { session, stopped } = sessionOf([up('fra-01')], false);
    await expect(causeFailover(session, clock)).rejects.toMatchObject({
      failure: { what: expect.stringContaining('demo fleet only') },
    });
    expect(stopped).toEqual([]);
  });

  it('is refused while no cluster is up with one active LB', async () => {
    const { session, stopped } = sessionOf([
      { ...up('fra-01'), health: 'degraded' },
      { ...up('lhr-01'), activeLb: { kind: 'none', sinceMs: nowMs } },
      { ...up('mad-edge'), kind: 'standalone' },
      { ...up('ams-01'), edgesTotal: 1 },
    ]);
    await expect(causeFailover(session, clock)).rejects.toMatchObject({
      failure: { what: expect.stringContaining('No cluster') },
    });
    expect(stopped).toEqual([]);
  });

  it('takes the cluster whose last failover is longest ago', () => {
    const clusters = [
      failedOver('a', nowMs - 10_000),
      failedOver('b', nowMs - 60_000),
      failedOver('c', nowMs),
    ];
    expect(healthyCluster(madeSnapshot(clusters, nowMs))?.name).toBe('b');
  });
});
