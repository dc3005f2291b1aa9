import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleChange } from '../../../../../domain/cluster/detect/role-change';
import type { LbRole } from '../../../../../domain/model/role';
import { randomSource } from '../../../../../demo/random/seed';
import { watchWorld, type TruePoint } from '../../../../fixtures/cluster/polled-world';

const at = (atMs: number, role: LbRole, silent = false): TruePoint => ({ atMs, role, silent });

/** The moves that are found in a world of three LBs that are polled every second. */
function movesIn(
  timelines: Record<string, TruePoint[]>,
  seed: number,
  loss: number,
  lagMs = 0,
): RoleChange[] {
  const random = randomSource(seed);
  const world = { timelines, skews: { a: 0, b: 100, c: 200 }, random, loss, lagMs };
  const sightings = watchWorld({ ...world, endMs: 40_000, pollEveryMs: 1_000, timeoutMs: 800 });
  return sightings.flatMap(({ found }) =>
    found.kind === 'failover' || found.kind === 'failback' ? [found] : [],
  );
}

function expectWithin({ bracket }: RoleChange, ...timesMs: number[]): void {
  for (const timeMs of timesMs) {
    expect(bracket.lastOldMs).toBeLessThanOrEqual(timeMs + 1);
    expect(bracket.firstNewMs).toBeGreaterThanOrEqual(timeMs - 1);
  }
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const lossy = fc.constantFrom(0, 0.02);

describe('the bracket of a move', () => {
  it('holds the rise of the new master and the yielding of the old one, however long CARP let them overlap', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 0, max: 2_900 }), (seed, loss, overlapMs) => {
        const yieldsMs = 15_000 + overlapMs;
        const moves = movesIn(
          {
            a: [at(0, 'backup'), at(15_000, 'master')],
            b: [at(0, 'master'), at(yieldsMs, 'backup')],
            c: [at(0, 'backup')],
          },
          seed,
          loss,
        );
        expect(moves).toHaveLength(1);
        expectWithin(moves[0]!, 15_000, yieldsMs);
      }),
      { numRuns: 300 },
    );
  });

  it('holds both also where agents’ words are a little behind their LBs, and the gap’s bounds hold the gap', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 0, max: 250 }),
        fc.integer({ min: 0, max: 3_600 }),
        (seed, lagMs, gapMs) => {
          const risesMs = 15_000 + gapMs;
          const timelines = {
            a: [at(0, 'backup'), at(risesMs, 'master')],
            b: [at(0, 'master'), at(15_000, 'backup')],
          };
          const moves = movesIn(timelines, seed, 0, lagMs);
          expect(moves).toHaveLength(1);
          expectWithin(moves[0]!, 15_000, risesMs);
          expect(moves[0]!.gapMs.atLeast).toBeLessThanOrEqual(gapMs + 1);
          expect(moves[0]!.gapMs.atMost).toBeGreaterThanOrEqual(gapMs - 1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds the yielding that ends a split brain, and is no wider than the looks around it', () => {
    fc.assert(
      fc.property(seeds, lossy, fc.integer({ min: 6_000, max: 15_000 }), (seed, loss, lastsMs) => {
        const healsMs = 10_000 + lastsMs;
        const moves = movesIn(
          {
            a: [at(0, 'master'), at(healsMs, 'backup')],
            b: [at(0, 'backup'), at(10_000, 'master')],
            c: [at(0, 'backup')],
          },
          seed,
          loss,
        );
        expect(moves.map(({ fromEdgeId, toEdgeId }) => fromEdgeId + toEdgeId)).toEqual(['ab']);
        expectWithin(moves[0]!, healsMs);
        if (loss === 0)
          expect(moves[0]!.bracket.firstNewMs - moves[0]!.bracket.lastOldMs).toBeLessThan(1_650);
      }),
      { numRuns: 300 },
    );
  });

  it('holds the old one’s yielding to a third, though that third yields only as the split brain ends', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const moves = movesIn(
          {
            a: [at(0, 'backup'), at(18_000, 'master'), at(28_000, 'backup')],
            b: [at(0, 'master'), at(18_001, 'backup')],
            c: [at(0, 'backup'), at(12_000, 'master')],
          },
          seed,
          0,
        );
        expect(moves.map(({ fromEdgeId, toEdgeId }) => fromEdgeId + toEdgeId)).toEqual(['bc']);
        expectWithin(moves[0]!, 18_001, 28_000);
      }),
    );
  });
});
