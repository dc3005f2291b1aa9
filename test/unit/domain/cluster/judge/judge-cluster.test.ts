import { describe, expect, it } from 'vitest';
import { judgeCluster, type EdgeAssessment } from '../../../../../domain/cluster/judge/judge-cluster';
import type { Health } from '../../../../../domain/model/health';
import type { Cluster } from '../../../../../domain/inventory/inventory';
import type { LbRole } from '../../../../../domain/model/role';
import type { ActiveLb } from '../../../../../domain/model/snapshot';

const cluster: Cluster = {
  id: 'c',
  name: 'c',
  status: 'enabled',
  clusterIp: '10.0.0.100',
  subnetMask: '255.255.255.0',
  defaultGateway: '10.0.0.1',
  ipsecLocalTermination: false,
  edges: [],
};
const one: ActiveLb = { kind: 'one', edgeId: 'e0', edgeName: 'e0', sinceMs: null };
const nobody: ActiveLb = { kind: 'unknown', lastEdgeName: null, lastSeenMs: null };

function words(healths: Health[], roles: LbRole[] = []): EdgeAssessment[] {
  return healths.map((health, index) => {
    const id = `e${index}`;
    const reasons = health === 'up' ? [] : [{ code: 'why', fact: `${id} is ${health}.`, detail: '' }];
    return { id, name: id, health, reasons, role: roles[index] ?? 'backup' };
  });
}

const judged = (healths: Health[], activeLb: ActiveLb, roles?: LbRole[]): [Health, string | undefined] => {
  const { health, reasons } = judgeCluster(cluster, words(healths, roles), activeLb);
  return [health, reasons[0]?.code];
};

describe('a cluster', () => {
  it.each<[Health[], Health]>([
    [['up', 'up', 'up'], 'up'],
    [['up', 'up', 'degraded'], 'degraded'],
    [['up', 'up', 'down'], 'degraded'],
    [['up', 'down', 'down'], 'no-redundancy'],
    [['up', 'unknown', 'down'], 'degraded'],
    [['down', 'down', 'down'], 'down'],
    [['unknown', 'unknown', 'unknown'], 'unknown'],
    [['disabled', 'disabled', 'disabled'], 'disabled'],
  ])('of %j with an active LB is %s', (healths, health) => {
    expect(judged(healths, one)[0]).toBe(health);
  });

  it('is not called down while nothing is known of an edge that may be serving', () => {
    expect(judged(['unknown', 'down'], nobody)).toEqual(['unknown', 'capacity-lost']);
  });

  it('does not become better known by a further problem', () => {
    expect(judged(['up', 'up', 'up'], nobody, ['unknown', 'backup', 'backup'])[0]).toBe('unknown');
    expect(judged(['up', 'up', 'down'], nobody, ['unknown', 'backup', 'backup'])[0]).toBe('unknown');
  });

  it('says that no LB is master when every LB says something else', () => {
    const { reasons } = judgeCluster(cluster, words(['up', 'up'], ['backup', 'init']), nobody);
    expect(reasons[0]?.fact).toBe('No LB reports MASTER.');
  });

  it.each<[Health[], LbRole[], Health]>([
    [['up', 'degraded'], ['master', 'init'], 'no-redundancy'],
    [['up', 'degraded'], ['master', 'fault'], 'no-redundancy'],
    [['up', 'degraded', 'down'], ['master', 'init', 'unknown'], 'no-redundancy'],
    [['up', 'degraded', 'up'], ['master', 'init', 'backup'], 'degraded'],
    [['up', 'degraded', 'up'], ['master', 'init', 'unknown'], 'degraded'],
    [['up', 'up'], ['master', 'init'], 'up'],
    [['up', 'degraded'], ['unknown', 'unknown'], 'degraded'],
  ])(
    'of %j with the roles %j can lose an edge only while another LB can take over: %s',
    (healths, roles, health) => {
      expect(judged(healths, one, roles)[0]).toBe(health);
    },
  );

  it('says why one more loss cuts users off, and that no active LB or a split is worse', () => {
    const edges = words(['up', 'degraded'], ['master', 'init']);
    const { reasons } = judgeCluster(cluster, edges, one);
    expect(reasons).toEqual([
      {
        code: 'no-redundancy',
        fact: 'One more loss cuts users off: no other LB can take over.',
        detail: 'The other LB: e1 INIT.',
      },
      { code: 'why', fact: 'e1 is degraded.', detail: '' },
    ]);
    const worse = (activeLb: ActiveLb): Health => judgeCluster(cluster, edges, activeLb).health;
    expect(worse({ kind: 'none', sinceMs: 0 })).toBe('no-active-lb');
    const several = { edgeIds: ['e0', 'e1'], edgeNames: ['e0', 'e1'], sinceMs: 0 };
    expect(worse({ kind: 'several', ...several })).toBe('split-brain');
  });
});
