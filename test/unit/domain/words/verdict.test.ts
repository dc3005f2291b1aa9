import { describe, expect, it } from 'vitest';
import { hiddenWords, stateCounts } from '../../../../renderer/words/filters';
import { verdictOf, type Verdict } from '../../../../domain/words/verdict';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';

const now = Date.UTC(2026, 10, 24, 14);
const fleet = fleetInAllStates(now);
const of = (...names: string[]) => fleet.filter((cluster) => names.includes(cluster.name));
const sentence = (verdict: Verdict): string =>
  `${verdict.consequence}${verdict.address ?? ''}${verdict.after}`;

describe('the verdict', () => {
  it('names the worst cluster, its consequence, since when, and the next worst', () => {
    const verdict = verdictOf(madeSnapshot(fleet, now), false);
    expect(verdict.title).toBe('gru-01 has no active load balancer');
    expect(sentence(verdict)).toBe(
      'Users of 10.20.48.10 in São Paulo are cut off. Unacknowledged. Next worst: sin-02 has a split brain. 3 more.',
    );
    expect(verdict).toMatchObject({ health: 'no-active-lb', sinceMs: now - 38_000, clusterId: 'gru-01' });
  });

  it.each([
    ['sin-02', 'sin-02 has a split brain: more than one load balancer is active', 'may reach either one'],
    ['nrt-01', 'nrt-01 is unknown', 'No reading from any of 8 edges.'],
    [
      'fra-02',
      'fra-02 is degraded',
      'are served, with less than planned. fra-02-03 is down and was the active LB.',
    ],
    ['dxb-edge-1', 'dxb-edge-1 has no redundancy', 'one more loss cuts them off'],
  ])('says of %s what it means for users', (name, title, words) => {
    const verdict = verdictOf(madeSnapshot(of(name, 'ams-01'), now), false);
    expect(verdict.title).toBe(title);
    expect(sentence(verdict)).toContain(words);
    expect(sentence(verdict)).not.toContain('Next worst');
  });

  it('keeps an outage that is over in view while another row has a problem', () => {
    const outage = {
      ...{ kind: 'no-active-lb' as const, fromMs: now - 9_000, toMs: now - 5_000, times: 1 },
      lastedMs: { atLeast: 1_800, atMost: 4_000 },
    };
    const acknowledged = { by: 'NOC', atMs: now - 60_000, words: '' };
    const rows = of('fra-02', 'ams-01').map((row) =>
      row.name === 'ams-01' ? { ...row, unacknowledgedOutages: [outage] } : { ...row, acknowledged },
    );
    const verdict = verdictOf(madeSnapshot(rows, now), false, () => '13:59:55');
    expect(sentence(verdict)).toContain(
      'Acknowledged by NOC. Over, unacknowledged: ams-01 had no active LB for 1.8 to 4 s, 13:59:55.',
    );
    expect(verdict.unacknowledgedIds).toEqual(['ams-01']);
  });

  it('claims an active load balancer of clusters only, not of a standalone edge', () => {
    const clusters = of('ams-01');
    const alone = clusters.map((row) => ({
      ...row,
      ...{ id: 'edge:lab-01', name: 'lab-01', kind: 'standalone' as const },
      activeLb: { kind: 'not-applicable' as const },
    }));
    const words = (rows: typeof fleet): string => verdictOf(madeSnapshot(rows, now), false).consequence;
    expect(words(clusters)).toBe('Every cluster has exactly one active load balancer.');
    expect(words([...clusters, ...alone])).toBe(
      'Every cluster has exactly one active load balancer. 1 standalone edge without a load balancer.',
    );
    expect(words(alone)).toBe('1 standalone edge without a load balancer.');
  });

  it('counts what is up when there is no problem, and names what is set aside', () => {
    expect(verdictOf(madeSnapshot(of('ams-01', 'cdg-01'), now), false)).toMatchObject({
      health: 'up',
      title: '2 of 2 up',
    });
    const aside = verdictOf(madeSnapshot(of('ams-01', 'lhr-01', 'bom-01'), now), false);
    expect(aside.title).toBe('1 of 2 up');
    expect(aside.consequence).toBe('1 in maintenance, 1 disabled.');
  });

  it('is not sure about a down cluster with unknown edges', () => {
    const down = madeCluster('x', 2, now, { health: 'down' });
    expect(sentence(verdictOf(madeSnapshot([down], now), false))).toContain('are cut off');
    const partly = { ...down, edges: down.edges.map((edge) => ({ ...edge, health: 'unknown' as const })) };
    expect(sentence(verdictOf(madeSnapshot([partly], now), false))).toContain('may be cut off');
  });

  it('suspects Heron before the fleet', () => {
    const blind = madeSnapshot(fleet, now);
    blind.monitor = { ...blind.monitor, state: 'blind', words: 'No edge is responding.' };
    expect(verdictOf(blind, false)).toMatchObject({ health: 'unknown', clusterId: null });
    expect(verdictOf(blind, false).title).toContain('blind');
    expect(verdictOf(madeSnapshot(fleet, now), true)).toMatchObject({
      title: 'Readings have stopped arriving',
      sinceMs: now,
    });
  });
});

describe('filter words', () => {
  it('say what is hidden and whether a problem is among it', () => {
    expect(hiddenWords(fleet, fleet)).toBeNull();
    expect(hiddenWords(fleet, of('gru-01', 'sin-02', 'nrt-01', 'fra-02', 'dxb-edge-1'))).toEqual({
      words: 'The filter hides 11, none of them with a problem',
      problem: null,
    });
    expect(hiddenWords(fleet, of('ams-01', 'gru-01'))?.problem).toBe(
      '4 with a problem, worst sin-02: Split brain',
    );
  });

  it('count the states worst first', () => {
    const counts = stateCounts(fleet);
    expect(counts[0]).toEqual({ health: 'no-active-lb', count: 1 });
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(fleet.length);
    expect(counts.map(({ health }) => health)).not.toContain('down');
  });
});
