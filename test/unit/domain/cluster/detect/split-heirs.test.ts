import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../../../demo/random/seed';
import { watchWorld, type TruePoint } from '../../../../fixtures/cluster/polled-world';
import type { LbRole } from '../../../../../domain/model/role';

const at = (atMs: number, role: LbRole): TruePoint => ({ atMs, role, silent: false });

describe('a split brain in which one half changes its master', () => {
  it('is one split brain, and ends in one move, however the LBs were polled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const sightings = watchWorld({
          timelines: {
            a: [at(0, 'backup'), at(19_999, 'master'), at(28_000, 'backup')],
            b: [at(0, 'master'), at(20_000, 'backup')],
            c: [at(0, 'backup'), at(12_000, 'master')],
          },
          // The heir is worse placed than who stays: the halves do not hear each other.
          skews: { a: 200, b: 0, c: 100 },
          endMs: 40_000,
          pollEveryMs: 1_000,
          timeoutMs: 800,
          random: randomSource(seed),
          loss: 0,
        });
        expect(sightings.map(({ found }) => found.kind)).toEqual(['split-brain', 'failover']);
        expect(sightings[1]!.found).toMatchObject({ fromEdgeId: 'b', toEdgeId: 'c' });
        expect(sightings[1]!.atMs).toBeGreaterThanOrEqual(28_000);
        // A poll to see the yielding, and one of the others to know that no other took its place.
        expect(sightings[1]!.atMs).toBeLessThan(30_300);
      }),
      { numRuns: 300 },
    );
  });
});
