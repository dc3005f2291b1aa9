import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthRank, healthStates } from '../../../../domain/model/health';
import { compareNames, compareWorstFirst } from '../../../../domain/words/worst-first';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';
import { madeCluster } from '../../../fixtures/fake-bridge/cluster';

const now = Date.UTC(2026, 10, 24, 14);

const someCluster = fc
  .record({
    name: fc.constantFrom('a-2', 'a-10', 'b', 'B', 'é'),
    health: fc.constantFrom(...healthStates),
    sinceMs: fc.option(fc.integer({ min: now - 1000, max: now }), { nil: null }),
    id: fc.string({ minLength: 1, maxLength: 3 }),
  })
  .map(({ name, ...change }) => madeCluster(name, 2, now, change));

describe('worst first', () => {
  it('orders the fleet as the table shows it', () => {
    const names = fleetInAllStates(now)
      .sort(compareWorstFirst)
      .map((cluster) => cluster.name);
    expect(names.slice(0, 7)).toEqual([
      'gru-01',
      'sin-02',
      'nrt-01',
      'fra-02',
      'dxb-edge-1',
      'lhr-01',
      'ams-01',
    ]);
    expect(names.at(-1)).toBe('bom-01');
  });

  it('puts the newest of one problem first, and quiet rows by name', () => {
    const old = madeCluster('a', 2, now, { health: 'degraded', sinceMs: now - 5000 });
    const young = madeCluster('b', 2, now, { health: 'degraded', sinceMs: now - 1000 });
    expect([old, young].sort(compareWorstFirst)[0]).toBe(young);
    const first = madeCluster('a', 2, now, { sinceMs: now - 5000 });
    const second = madeCluster('b', 2, now, { sinceMs: now - 1000 });
    expect([second, first].sort(compareWorstFirst)[0]).toBe(first);
  });

  it('puts unacknowledged problems before acknowledged ones of the same state', () => {
    const taken = madeCluster('a', 2, now, {
      health: 'degraded',
      sinceMs: now - 1000,
      acknowledged: { by: 'EU desk', atMs: now, words: '' },
    });
    const open = madeCluster('b', 2, now, { health: 'degraded', sinceMs: now - 5000 });
    expect([taken, open].sort(compareWorstFirst)[0]).toBe(open);
    const worse = { ...taken, health: 'split-brain' as const };
    expect([open, worse].sort(compareWorstFirst)[0]).toBe(worse);
  });

  it('is one order whatever order the clusters come in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(someCluster, { selector: (cluster) => cluster.id, maxLength: 12 }),
        (clusters) => {
          const one = [...clusters].sort(compareWorstFirst).map(({ id }) => id);
          const other = [...clusters]
            .reverse()
            .sort(compareWorstFirst)
            .map(({ id }) => id);
          expect(other).toEqual(one);
          const ranks = [...clusters].sort(compareWorstFirst).map(({ health }) => healthRank(health));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('counts in names', () => {
    expect(['fra-10', 'fra-2'].sort(compareNames)).toEqual(['fra-2', 'fra-10']);
  });
});
