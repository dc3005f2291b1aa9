import { describe, expect, it } from 'vitest';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { bitRate, megabits } from '../../../../domain/words/amount';
import { fleetWords, pollingWords, rolesPolledEvery, shownWords } from '../../../../domain/words/fleet';
import { spareRank, spareWords } from '../../../../domain/words/spare';
import { verdictOf } from '../../../../domain/words/verdict';
import { clusterFacts } from '../../../../renderer/ui/cluster/facts';
import { sumOfKnown } from '../../../../renderer/ui/cluster/known-sum';
import { shareBar } from '../../../../renderer/ui/share/share-bar';
import { topologyOf } from '../../../../renderer/views/cluster/topology';
import { wallSubject } from '../../../../renderer/views/wall/wall-words';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';

const atMs = Date.UTC(2026, 10, 29, 21, 31, 7);
const fleet = fleetInAllStates(atMs);
const named = (name: string): ClusterView => fleet.find((cluster) => cluster.name === name)!;
const verdictWords = (cluster: ClusterView): string => {
  const { title, consequence, address, after } = verdictOf(madeSnapshot([cluster], atMs), false);
  return `${title}. ${consequence}${address ?? ''}${after}`;
};
const canLose = (cluster: ClusterView): string =>
  clusterFacts(cluster, atMs, 'utc').find(({ label }) => label === 'Can it lose one edge?')?.fact ?? '';

/** Each compares two places that show the same thing. Times and outages are compared in one-account.property.test.ts. */
describe('two places that show the same', () => {
  it('name the interval that each is about: the footer both, an event that of the roles', () => {
    const { monitor } = madeSnapshot(fleet, atMs);
    const footer = pollingWords({ ...monitor, healthIntervalMs: 5_000, roleIntervalMs: 1_000 });
    expect(footer).toBe(`${monitor.edgesPolled} edges polled every 5 s, LB roles every 1 s`);
    expect(rolesPolledEvery).toBe('LB roles polled every');
    const source = {
      name: 'prom-1',
      edges: monitor.edgesPolled - 2,
      scrapeIntervalMs: 15_000,
      failure: null,
    };
    const both = { ...monitor, healthIntervalMs: 5_000, roleIntervalMs: 1_000, sources: [source] };
    expect(pollingWords(both)).toBe(
      `2 edges polled every 5 s, LB roles every 1 s; ${source.edges} edges through prom-1 every 15 s`,
    );
  });

  it('count a standalone edge as one, not as a cluster: wall, footer and verdict', () => {
    const rows = [named('ams-01'), named('cdg-01'), named('dxb-edge-1')];
    expect(fleetWords(rows)).toBe('2 clusters + 1 standalone edge');
    expect(shownWords(rows, rows)).toBe('3 of 3: 2 clusters + 1 standalone edge');
    expect(shownWords(rows.slice(0, 1), rows.slice(0, 2))).toBe('1 of 2 clusters');
    const up = rows.map((row) => ({ ...row, health: 'up' as const }));
    expect(verdictOf(madeSnapshot(up, atMs), false).consequence).toBe(
      'Every cluster has exactly one active load balancer. 1 standalone edge without a load balancer.',
    );
  });

  it('say "less than planned" only where the count of edges does', () => {
    const hot: ClusterView = {
      ...madeCluster('fra-01', 8, atMs, { health: 'degraded' }),
      sinceMs: atMs - 5_000,
      reasons: [{ code: 'cpu', fact: 'CPU of fra-01-03 is at 95 %.', detail: '' }],
    };
    expect(wallSubject(hot, atMs, 'utc').state).toBe('Degraded, 8 of 8 up');
    expect(verdictWords(hot)).not.toContain('less than planned');
    expect(verdictWords({ ...hot, edgesUp: 7 })).toContain('less than planned');
  });

  it('show no split of traffic and no spare while no LB is active', () => {
    const cut = named('gru-01');
    const edges = cut.edges.map((edge) => ({ ...edge, share: 0.25 }));
    const lost: ClusterView = { ...cut, edges, bitsPerSecond: 4e8 };
    expect(shareBar(lost).kind).toBe('unknown');
    expect(canLose({ ...lost, spare: { ...named('ams-01').spare!, canLose: 0 } })).toMatch(/^No/);
  });

  it.each(['sin-02', 'nrt-01'])('promise no spare in the table that the state of %s cannot keep', (name) => {
    const cluster: ClusterView = { ...named(name), edgesUp: 2, spare: named('ams-01').spare };
    expect(cluster.health).toMatch(/split-brain|unknown/);
    expect(spareWords(cluster)).toBe('unknown');
    expect(spareRank(cluster)).toBeUndefined();
    expect(canLose(cluster)).toBe('unknown');
  });

  it('say the same rate straight back as the edges together send out, and "at least" where one is missing', () => {
    const cluster = named('ams-01');
    const { sum } = sumOfKnown(cluster.edges, 'proxyOutBitsPerSecond');
    expect(topologyOf(cluster, 36, atMs).returnWords).toContain(bitRate(sum!));
    const column = cluster.edges.map(({ proxyOutBitsPerSecond }) => Number(megabits(proxyOutBitsPerSecond!)));
    const shownMegabits = column.reduce((total, one) => total + one, 0);
    expect(Math.abs(shownMegabits * 1e6 - sum!)).toBeLessThanOrEqual(0.5e6 * column.length);
    const [first, ...others] = cluster.edges;
    const partly = { ...cluster, edges: [{ ...first!, proxyOutBitsPerSecond: null }, ...others] };
    expect(topologyOf(partly, 36, atMs).returnWords).toMatch(/^at least /);
  });
});
