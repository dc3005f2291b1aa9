import { describe, expect, it } from 'vitest';
import { edgeFacts, sourcesWords } from '../../../../../renderer/views/edge/edge-facts';
import { meaningForUsers } from '../../../../../renderer/views/edge/edge-meaning';
import { comparedMetrics } from '../../../../../renderer/views/edge/other-edges';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';
import { silent } from '../../../../fixtures/fake-bridge/edge';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const atMs = Date.UTC(2026, 10, 24, 14);
const cluster = madeCluster('fra-01', 3, atMs);
const [first, second] = cluster.edges;
if (!first || !second) throw new Error('two edges');

describe('what an edge means for users', () => {
  it('is never more than is known', () => {
    expect(meaningForUsers(cluster, first)).toBe('It serves users. It is the active LB of');
    expect(meaningForUsers(cluster, { ...second, health: 'unknown' })).toContain('unknown');
    const gone = { ...second, health: 'down' as const };
    const edges = [first, gone];
    expect(meaningForUsers({ ...cluster, edges }, gone)).toBe(
      'It serves no users. 1 other edge is up. Edge of',
    );
    expect(meaningForUsers({ ...cluster, edges: [gone] }, gone)).toContain('No other edge is known');
  });

  it('never calls users served in a cluster that has no active LB', () => {
    const cut = fleetInAllStates(atMs).find(({ health }) => health === 'no-active-lb');
    expect(meaningForUsers(cut!, cut!.edges[0]!)).toContain('Users of the cluster are cut off');
  });

  it('is not sure in a split brain, and where no LB is known to be active', () => {
    const split = fleetInAllStates(atMs).find(({ health }) => health === 'split-brain');
    expect(meaningForUsers(split!, split!.edges[0]!)).toContain('may reach it or not');
    expect(meaningForUsers(split!, split!.edges[0]!)).not.toContain('the active LB');
    const unknown = { kind: 'unknown' as const, lastEdgeName: null, lastSeenMs: null };
    expect(meaningForUsers({ ...cluster, activeLb: unknown }, second)).toContain(
      'which LB is active is unknown',
    );
  });

  it('is what Heron’s own connections show before what the edge reports', () => {
    const users = { ...cluster.users!, state: 'not-served' as const };
    expect(meaningForUsers({ ...cluster, users }, first)).toContain('Users of the cluster are not served.');
  });

  it('never says that an edge without an answer serves users, whatever else is known', () => {
    for (const row of fleetInAllStates(atMs))
      for (const edge of row.edges)
        if (edge.health === 'down' || edge.health === 'unknown')
          expect(meaningForUsers(row, edge)).not.toMatch(/It serves users/);
  });
});

describe('the facts of an edge', () => {
  it('have the LB role first, with how many sources agree', () => {
    expect(edgeFacts(cluster, { ...first, roleSinceMs: atMs - 185_000 }, atMs)[0]).toEqual({
      label: 'LB role',
      fact: 'MASTER',
      aside: 'for 3 m, 2 of 2 sources agree',
    });
    const [one, other] = first.witnesses;
    expect(sourcesWords({ role: 'master', witnesses: [one!, { ...other!, role: 'backup' }] })).toBe(
      '1 of 2 sources agree',
    );
    expect(sourcesWords({ role: 'unknown', witnesses: [] })).toBe('');
  });

  it('show no value of an edge that does not answer', () => {
    const facts = edgeFacts(
      cluster,
      { ...second, ...silent, share: null, uptimeMs: null, lastAnswerMs: null },
      atMs,
    );
    const of = (label: string) => facts.find((fact) => fact.label.startsWith(label))?.fact;
    expect([of('Share'), of('Uptime'), of('Data age')]).toEqual(['–', '–', '–']);
  });
});

describe('the other edges', () => {
  it('are a range beside this edge’s value, of those that are known', () => {
    const rows = comparedMetrics([first, { ...second, cpuPercent: 38 }, ...cluster.edges.slice(2)], first);
    expect(rows.find(({ label }) => label === 'CPU')).toEqual({
      label: 'CPU',
      others: '38 to 41 %',
      here: '39 %',
    });
    const alone = comparedMetrics([first, { ...second, ...silent }], first);
    expect(alone.every(({ others }) => others === 'unknown')).toBe(true);
  });
});
