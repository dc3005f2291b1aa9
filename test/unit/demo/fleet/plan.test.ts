import { describe, expect, it } from 'vitest';
import { maxClusters, planFleet } from '../../../../demo/fleet/plan';

describe('the plan of a fleet', () => {
  it('has six clusters of 2 to 16 edges and one standalone edge by default', () => {
    const plans = planFleet(1, 6);
    expect(plans.map((plan) => `${plan.name}:${plan.edges.length}`)).toEqual([
      'fra-01:8',
      'gru-01:4',
      'sin-02:6',
      'iad-01:16',
      'lhr-01:12',
      'syd-01:2',
      'mad-trial:1',
    ]);
    expect(plans[0]!.edges[0]!.name).toBe('fra-01-01');
  });

  it('is the same for a seed', () => {
    expect(planFleet(7, 30)).toEqual(planFleet(7, 30));
    expect(planFleet(7, 30)).not.toEqual(planFleet(8, 30));
  });

  it('never gives a name or an address twice, and keeps to the cluster’s subnet', () => {
    for (const seed of [1, 2, 3]) {
      const plans = planFleet(seed, maxClusters);
      expect(plans).toHaveLength(maxClusters + 1);
      const names = [
        ...plans.map((plan) => plan.name),
        ...plans.flatMap((plan) => plan.edges.map((edge) => edge.name)),
      ];
      expect(new Set(names).size).toBe(names.length);
      const addresses = plans.flatMap((plan) => [
        plan.clusterIp,
        plan.defaultGateway,
        ...plan.edges.flatMap((edge) => [edge.proxyIp, edge.managementIp, ...(edge.lbIp ? [edge.lbIp] : [])]),
      ]);
      expect(new Set(addresses).size).toBe(addresses.length);
      for (const plan of plans) {
        const network = plan.clusterIp.replace(/\.\d+$/, '.');
        for (const edge of plan.edges) {
          for (const address of [edge.proxyIp, edge.managementIp, edge.lbIp ?? edge.proxyIp]) {
            expect(address.startsWith(network)).toBe(true);
          }
        }
        expect(plan.standalone ? 1 : Math.max(2, plan.edges.length)).toBe(plan.edges.length);
        expect(plan.edges.length).toBeLessThanOrEqual(16);
        expect(plan.vhid).toBeLessThanOrEqual(255);
        expect(new Set(plan.edges.map((edge) => edge.advskew)).size).toBe(plan.edges.length);
      }
    }
  });
});
