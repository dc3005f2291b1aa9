import { describe, expect, it } from 'vitest';
import { edgeLabel } from '../../../../../domain/words/edge-label';
import { seriesVariable } from '../../../../../renderer/words/series-colour';
import { clusterFacts, prefixLength } from '../../../../../renderer/ui/cluster/facts';
import { atLeastWide } from '../../../../../renderer/ui/share/failover-brackets';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const now = Date.UTC(2026, 10, 24, 14, 6, 29);
const fleet = new Map(fleetInAllStates(now).map((cluster) => [cluster.name, cluster]));
const factOf = (name: string, label: string): string => {
  const fact = clusterFacts(fleet.get(name)!, now, 'utc').find((entry) => entry.label === label);
  return fact ? `${fact.fact} ${fact.aside}`.trim() : 'missing';
};

describe('facts of a cluster', () => {
  it('name the active LB, or what is known of it', () => {
    expect(factOf('fra-02', 'Active LB')).toBe('fra-02-05 for 4 m 16 s');
    expect(factOf('gru-01', 'Active LB')).toBe('None for 38 s');
    expect(factOf('sin-02', 'Active LB')).toBe('sin-02-01 and sin-02-04 for 1 m 31 s');
    expect(factOf('nrt-01', 'Active LB')).toBe('unknown was nrt-01-02, 43 s ago');
    expect(factOf('dxb-edge-1', 'Load balancer')).toContain('cannot fail over');
  });

  it('answer whether one edge can be lost, and how that is known', () => {
    expect(factOf('fra-02', 'Can it lose one edge?')).toMatch(/^Yes, up to \d+ peak of .* needs \d+ edges?$/);
    expect(factOf('nrt-01', 'Can it lose one edge?')).toBe('unknown not enough is known about the edges');
    const cluster = fleet.get('fra-02')!;
    const answer = (spare: Partial<NonNullable<typeof cluster.spare>>, edgesUp = 7) =>
      clusterFacts({ ...cluster, edgesUp, spare: { ...cluster.spare!, ...spare } }, now, 'utc').find(
        ({ label }) => label === 'Can it lose one edge?',
      )?.fact;
    expect(answer({ canLose: 0, needed: 7 })).toBe('No');
    expect(answer({ canLose: 0, needed: 9 })).toBe('No, too few for the peak');
    expect(answer({ canLose: 1 })).toBe('Yes');
    expect(answer({ canLose: null, capacitySet: false }, 1)).toBe('No');
    expect(answer({ canLose: null, needed: null, capacitySet: false }, 2)).toBe('Yes');
    expect(answer({ canLose: 0, needed: null, capacitySet: false }, 2)).toBe('No');
  });

  it('count no source of an edge whose role is not known any more', () => {
    const cluster = fleet.get('sin-02')!;
    const sources = (rows: typeof cluster) =>
      clusterFacts(rows, now, 'utc').find(({ label }) => label === 'Sources')?.fact;
    expect(sources(cluster)).not.toBe('none');
    const silent = cluster.edges.map((edge) => ({ ...edge, role: 'unknown' as const }));
    expect(sources({ ...cluster, edges: silent })).toBe('none');
  });

  it('bracket the last failover, with the time without an active LB', () => {
    expect(factOf('fra-02', 'Last failover')).toBe(
      '4 m ago [ 14:02:10.8 to 14:02:13.0 ] 0.9 to 3.1 s without active LB, users 1.9 to 2.8 s',
    );
    expect(factOf('gru-01', 'Last failover')).toContain('[ 9 Nov 14:06');
  });

  it('say whether users are served, and through what', () => {
    expect(factOf('fra-02', 'Users served')).toMatch(/^Yes through 10\.20\.\d+\.10:3128 for 12 d/);
    expect(factOf('gru-01', 'Users served')).toBe('No not through 10.20.48.10:3128 for 38 s');
    const cluster = { ...fleet.get('fra-02')! };
    const users = { ...cluster.users!, state: 'unknown' as const, sinceMs: null, gateway: 'silent' as const };
    const shown = (words: string) =>
      clusterFacts({ ...cluster, users: { ...users, words } }, now, 'utc').find(
        ({ label }) => label === 'Users served',
      );
    expect(shown('has never answered')).toMatchObject({
      fact: 'unknown',
      aside: expect.stringMatching(/:3128: has never answered, gateway silent$/) as string,
    });
    expect(clusterFacts({ ...cluster, users: null }, now, 'utc').map(({ label }) => label)).not.toContain(
      'Users served',
    );
  });

  it('say who says so, and show a disagreement instead of averaging it', () => {
    expect(factOf('fra-02', 'Sources')).toBe('2 agree SNMP script, traffic');
    expect(factOf('nrt-01', 'Sources')).toBe('none no edge reports its load balancer role');
    const cluster = fleet.get('ams-01')!;
    const [first, ...rest] = cluster.edges;
    const torn = first!.witnesses.map((witness, index) =>
      index === 1 ? { ...witness, role: 'master' as const } : witness,
    );
    const facts = clusterFacts({ ...cluster, edges: [{ ...first!, witnesses: torn }, ...rest] }, now, 'utc');
    expect(facts.find((fact) => fact.label === 'Sources')).toMatchObject({
      fact: 'Disagree',
      aside: 'ams-01-01: SNMP script BACKUP, traffic MASTER',
    });
  });

  it('shorten a mask that is one', () => {
    expect(prefixLength('255.255.255.0')).toBe('/24');
    expect(prefixLength('255.255.254.0')).toBe('/23');
    expect(prefixLength('255.0.255.0')).toBe(' 255.0.255.0');
    expect(prefixLength(null)).toBe('');
  });
});

describe('labels and brackets of the chart', () => {
  it('leave out a name’s beginning only where it is the cluster’s', () => {
    expect(edgeLabel('fra-02', 'fra-02-05')).toBe('-05');
    expect(edgeLabel('fra-02', 'fra-025')).toBe('fra-025');
    expect(edgeLabel('fra-02', 'proxy-a')).toBe('proxy-a');
    expect(edgeLabel('fra-02', 'frankfurt-am-main-proxy-11')).toBe('…main-proxy-11');
    expect(edgeLabel('fra-02', 'frankfurt-am-main-proxy-11', 7)).toBe('…oxy-11');
    expect(seriesVariable(1)).toBe('--s1');
    expect(seriesVariable(17)).toBe('--s1');
  });

  it('are never thinner than nine pixels, and stay centred', () => {
    expect(atLeastWide(10, 40)).toEqual([10, 40]);
    expect(atLeastWide(10, 11)).toEqual([6, 15]);
  });
});
