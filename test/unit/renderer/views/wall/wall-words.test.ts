import { fleetWords } from '../../../../../domain/words/fleet';
import { describe, expect, it } from 'vitest';
import type { ClusterView } from '../../../../../domain/model/snapshot';
import {
  reasonOnWall,
  wallMemory,
  wallSubject,
  withUnits,
} from '../../../../../renderer/views/wall/wall-words';
import { madeCluster, madeFailover } from '../../../../fixtures/fake-bridge/cluster';

const atMs = Date.UTC(2026, 10, 29, 21, 31, 7);
const minute = 60_000;

function subject(change: Partial<ClusterView>, name = 'fra-01'): ReturnType<typeof wallSubject> {
  return wallSubject(madeCluster(name, 4, atMs, change), atMs, 'utc');
}

function outage(agoMs: number): ClusterView['unacknowledgedOutages'][number] {
  const toMs = atMs - agoMs;
  return {
    kind: 'no-active-lb',
    fromMs: toMs - 4000,
    toMs,
    lastedMs: { atLeast: 1820, atMost: 3930 },
    times: 1,
  };
}

describe('the words of a tile', () => {
  it('give every problem a reason, and the consequence where users are cut off', () => {
    const reasons = [{ code: 'cpu', fact: 'CPU of 04 is above 90 %.', detail: '' }];
    expect(subject({ health: 'degraded', reasons }).reason).toBe('CPU of 04 is above 90\u00a0%.');
    expect(subject({ health: 'degraded', reasons: [] }).reason).not.toBe('');
    const noLb = madeCluster('gru-01', 4, atMs, {
      health: 'no-active-lb',
      reasons: [{ code: 'no-active-lb', fact: 'No LB reports MASTER.', detail: '' }],
    });
    expect(reasonOnWall(noLb)).toBe('Users of 10.20.32.10 are cut off. No LB reports MASTER.');
  });

  it('say that users may be cut off where an edge is unknown', () => {
    const down = madeCluster('gru-01', 2, atMs, { health: 'down' });
    const edges = down.edges.map((edge, index) => ({
      ...edge,
      health: index === 0 ? ('unknown' as const) : ('down' as const),
    }));
    expect(reasonOnWall({ ...down, edges })).toMatch(/^Users of 10\.20\.32\.10 may be cut off\./);
  });

  it('name the active LB without its cluster, and no spare where users are cut off', () => {
    expect(subject({})).toMatchObject({
      lb: 'LB 01',
      lbAge: '12 d',
      spare: 'can lose 2',
      reason: '',
      tag: '',
    });
    expect(subject({ health: 'split-brain' }).spare).toBe('4 of 4 edges up');
  });

  it('mark a failover and an unacknowledged outage for an hour, the outage before the failover', () => {
    const lastFailover = madeFailover('fra-01', 1, 2, atMs, 22 * minute);
    expect(subject({ lastFailover })).toMatchObject({ mark: '22 m', isOutage: false });
    const both = { lastFailover, unacknowledgedOutages: [outage(5 * minute)] };
    expect(subject(both)).toMatchObject({ mark: '5 m', isOutage: true });
    expect(subject({ unacknowledgedOutages: [outage(61 * minute)] })).toMatchObject({
      mark: '',
      isOutage: false,
    });
  });

  it('say what is new since an acknowledgement', () => {
    const acknowledged = { by: 'EU desk', atMs, words: '' };
    const change = { health: 'degraded' as const, acknowledged, newFaults: ['CPU of 04 is above 90 %.'] };
    expect(subject(change).tag).toContain('+1 new');
  });
});

describe('a number and its unit', () => {
  it('stay on one line, and nothing else is joined', () => {
    expect(withUnits('silent within 1.2 s, for 4 m 16 s')).toBe(
      'silent within 1.2\u00a0s, for 4\u00a0m 16\u00a0s',
    );
    expect(withUnits('3 servers, 2 sites, 5 m-nodes')).toBe('3 servers, 2 sites, 5 m-nodes');
  });
});

describe('the words of the wall', () => {
  it('count standalone edges as such', () => {
    const clusters = ['fra-01', 'gru-01'].map((name) => madeCluster(name, 4, atMs));
    const standalone = madeCluster('mad-trial-edge', 1, atMs, { kind: 'standalone' });
    expect(fleetWords([...clusters, standalone])).toBe('2 clusters + 1 standalone edge');
    expect(fleetWords(clusters)).toBe('2 clusters');
    expect(fleetWords([standalone])).toBe('1 standalone edge');
    expect(fleetWords([])).toBe('0 clusters');
  });

  it('keep what cut users off, the latest first, with bounds rounded outwards', () => {
    const early = madeCluster('sjc-01', 4, atMs, { unacknowledgedOutages: [outage(22 * minute)] });
    const late = madeCluster('fra-01', 4, atMs, { unacknowledgedOutages: [outage(2 * minute)] });
    const dayAgo = madeCluster('ams-01', 4, atMs, { unacknowledgedOutages: [outage(1440 * minute)] });
    expect(
      wallMemory([early, late, dayAgo], atMs, 'utc').map(({ name, words }) => `${name} ${words}`),
    ).toEqual([
      'fra-01 had no active LB for 1.8 to 4 s, 21:29',
      'sjc-01 had no active LB for 1.8 to 4 s, 21:09',
      'ams-01 had no active LB for 1.8 to 4 s, 28 Nov 21:31',
    ]);
  });
});
