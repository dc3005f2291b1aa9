import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LbRole } from '../../../../../domain/model/role';
import { watchWorld, type PolledWorld, type TruePoint } from '../../../../fixtures/cluster/polled-world';

/** Mulberry32: small, seeded, good enough to spread polls. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const at = (atMs: number, role: LbRole, silent = false): TruePoint => ({ atMs, role, silent });

function world(timelines: Record<string, TruePoint[]>, more: Partial<PolledWorld> = {}): PolledWorld {
  return {
    timelines,
    skews: { a: 0, b: 100, c: 200 },
    endMs: 60_000,
    pollEveryMs: 1_000,
    timeoutMs: 800,
    random: seeded(1),
    loss: 0,
    ...more,
  };
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const lossy = fc.constantFrom(0, 0.02);

describe('failover', () => {
  it('is found once when the master stops, with both true times in its bracket and the gap between its bounds', () => {
    fc.assert(
      fc.property(
        seeds,
        lossy,
        fc.integer({ min: 10_000, max: 12_000 }),
        fc.integer({ min: 1, max: 3_600 }),
        (seed, loss, diesMs, takesMs) => {
          const upMs = diesMs + takesMs;
          const found = watchWorld(
            world(
              {
                a: [at(0, 'master'), at(diesMs, 'init')],
                b: [at(0, 'backup'), at(upMs, 'master')],
                c: [at(0, 'backup')],
              },
              { random: seeded(seed), loss },
            ),
          );
          expect(found.map((one) => one.found.kind)).toEqual(['failover']);
          const [first] = found;
          if (first?.found.kind !== 'failover') throw new Error('a failover');
          const { bracket, gapMs, fromEdgeId, toEdgeId } = first.found;
          expect([fromEdgeId, toEdgeId]).toEqual(['a', 'b']);
          expect(bracket.lastOldMs).toBeLessThanOrEqual(diesMs);
          expect(bracket.firstNewMs).toBeGreaterThanOrEqual(upMs - 1);
          expect(gapMs.atLeast).toBeLessThanOrEqual(takesMs + 1);
          expect(gapMs.atMost).toBeGreaterThanOrEqual(takesMs - 1);
          // Two lost polls on end may hold it up; without loss one poll and its answer are enough, and one more where the new one may
          // have been read before the old one: it is asked again.
          expect(first.atMs - upMs).toBeLessThanOrEqual(loss > 0 ? 8_000 : takesMs > 1_100 ? 1_100 : 2_100);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is found with the old role unknown when the master’s whole edge falls silent', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2_300, max: 3_600 }), (seed, takesMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), at(10_000, 'init', true)],
              b: [at(0, 'backup'), at(10_000 + takesMs, 'master')],
            },
            { random: seeded(seed) },
          ),
        );
        expect(found.map((one) => one.found.kind)).toEqual(['failover']);
        const [first] = found;
        expect(first?.found).toMatchObject({ fromEdgeId: 'a', toEdgeId: 'b', oldRoleAfter: 'unknown' });
        expect((first?.atMs ?? Infinity) - 10_000 - takesMs).toBeLessThanOrEqual(1_500);
      }),
    );
  });

  it('is not invented when an edge falls silent while it stays the master', () => {
    fc.assert(
      fc.property(seeds, lossy, (seed, loss) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), at(10_000, 'master', true), at(25_000, 'master')],
              b: [at(0, 'backup')],
              c: [at(0, 'backup')],
            },
            { random: seeded(seed), loss },
          ),
        );
        expect(found).toEqual([]);
      }),
    );
  });

  it('is a failback when the better LB takes the role back, also while CARP shows two masters in passing', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 0, max: 2_000 }), (seed, loss, overlapMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), at(10_000, 'init'), at(24_000, 'backup'), at(25_000, 'master')],
              b: [at(0, 'backup'), at(13_000, 'master'), at(25_000 + overlapMs, 'backup')],
              c: [at(0, 'backup')],
            },
            { random: seeded(seed), loss },
          ),
        );
        expect(found.map((one) => one.found.kind)).toEqual(['failover', 'failback']);
        const back = found[1]?.found;
        if (back?.kind !== 'failback') throw new Error('a failback');
        expect(back.bracket.lastOldMs).toBeLessThanOrEqual(25_000);
        expect(back.bracket.firstNewMs).toBeGreaterThanOrEqual(25_000);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an LB whose service stops, so that its agent no longer has the witness', () => {
  const stopped = (atMs: number): TruePoint => ({ ...at(atMs, 'init'), isSourceLost: true });

  it('has failed over within two role polls of the new master, by its service’s stop', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 1, max: 3_600 }), (seed, loss, takesMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), stopped(10_000)],
              b: [at(0, 'backup'), at(10_000 + takesMs, 'master')],
              c: [at(0, 'backup')],
            },
            { random: seeded(seed), loss },
          ),
        );
        expect(found.map((one) => one.found.kind)).toEqual(['failover']);
        const [first] = found;
        if (first?.found.kind !== 'failover') throw new Error('a failover');
        const { bracket, gapMs, oldStoppedReporting } = first.found;
        expect(oldStoppedReporting?.lastOldMs).toBeLessThanOrEqual(10_000);
        expect(oldStoppedReporting?.firstNewMs).toBeGreaterThanOrEqual(10_000);
        expect(bracket.lastOldMs).toBeLessThanOrEqual(10_000);
        expect(bracket.firstNewMs).toBeGreaterThanOrEqual(10_000 + takesMs);
        expect(gapMs.atLeast).toBeLessThanOrEqual(takesMs);
        expect(gapMs.atMost).toBeGreaterThanOrEqual(takesMs);
        if (loss === 0) expect(first.atMs).toBeLessThanOrEqual(10_000 + Math.max(takesMs, 1_000) + 2_200);
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('is not known to be without the role: nobody else is master', () => {
    fc.assert(
      fc.property(seeds, lossy, (seed, loss) => {
        const timelines = {
          a: [at(0, 'master'), stopped(10_000)],
          b: [at(0, 'backup')],
          c: [at(0, 'backup')],
        };
        expect(watchWorld(world(timelines, { random: seeded(seed), loss }))).toEqual([]);
      }),
    );
  });

  it('fails over and back when its service restarts in two seconds', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 50, max: 800 }), (seed, loss, takesMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), stopped(10_000), at(12_000, 'backup'), at(15_600, 'master')],
              b: [at(0, 'backup'), at(10_000 + takesMs, 'master'), at(15_610, 'backup')],
              c: [at(0, 'backup')],
            },
            { random: seeded(seed), loss },
          ),
        );
        expect(found.map((one) => one.found.kind)).toEqual(['failover', 'failback']);
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});

describe('split brain', () => {
  it('is found when two stay master, and never a failover with it when the first one keeps the role', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 9_000, max: 20_000 }), (seed, loss, lastsMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master')],
              b: [at(0, 'backup'), at(10_000, 'master'), at(10_000 + lastsMs, 'backup')],
              c: [at(0, 'backup')],
            },
            { random: seeded(seed), loss },
          ),
        );
        expect(new Set(found.map((one) => one.found.kind))).toEqual(new Set(['split-brain']));
        expect(found[0]?.found).toMatchObject({ kind: 'split-brain', edgeIds: ['a', 'b'] });
      }),
    );
  });

  it('is not seen in a take-over that shows two masters for up to two seconds', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 2_000 }), (seed, overlapMs) => {
        const found = watchWorld(
          world(
            {
              a: [at(0, 'master'), at(10_000, 'init')],
              b: [at(0, 'backup'), at(13_000, 'master')],
              c: [at(0, 'backup'), at(13_100, 'master'), at(13_100 + overlapMs, 'backup')],
            },
            { random: seeded(seed) },
          ),
        );
        expect(found.map((one) => one.found.kind)).not.toContain('split-brain');
        expect(found.at(-1)?.found).toMatchObject({ toEdgeId: 'b' });
      }),
    );
  });
});

describe('no active LB', () => {
  it('is found when every LB says so for longer than a take-over, and opens with the last sight of a master', () => {
    fc.assert(
      fc.property(seeds, lossy, (seed, loss) => {
        const found = watchWorld(
          world(
            { a: [at(0, 'master'), at(10_000, 'init')], b: [at(0, 'backup'), at(10_000, 'init')] },
            { random: seeded(seed), loss },
          ),
        );
        expect(found.map((one) => one.found.kind)).toEqual(['no-active-lb']);
        const [only] = found;
        if (only?.found.kind !== 'no-active-lb') throw new Error('no active LB');
        expect(only.found.bracket.lastOldMs).toBeLessThanOrEqual(10_000);
        expect(only.found.bracket.firstNewMs).toBeGreaterThanOrEqual(10_000);
      }),
    );
  });

  it('is not claimed while the one that was master cannot be asked', () => {
    const found = watchWorld(
      world({ a: [at(0, 'master'), at(10_000, 'master', true)], b: [at(0, 'backup')] }),
    );
    expect(found).toEqual([]);
  });
});

describe('flapping', () => {
  it('is said once when the role goes to and fro', () => {
    const a = [at(0, 'master')];
    const b = [at(0, 'backup')];
    for (let n = 0; n < 8; n += 1) {
      const from = 10_000 + n * 8_000;
      (n % 2 === 0 ? a : b).push(at(from, 'init'), at(from + 5_000, 'backup'));
      (n % 2 === 0 ? b : a).push(at(from + 3_000, 'master'));
    }
    const order = (points: TruePoint[]): TruePoint[] => points.sort((x, y) => x.atMs - y.atMs);
    const found = watchWorld(world({ a: order(a), b: order(b) }, { endMs: 90_000 }));
    expect(found.filter((one) => one.found.kind === 'flapping')).toHaveLength(1);
    expect(found.filter((one) => one.found.kind === 'failover')).toHaveLength(8);
  });
});
