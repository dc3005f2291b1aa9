import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isUsable } from '../../../../../domain/cluster/observe/resolve-role';
import {
  heldWithin,
  wasWithout,
  watchTraffic,
  type Holding,
  type TrafficWorld,
} from '../../../../fixtures/cluster/traffic-world';
import { seededRandom } from '../../../../fixtures/fake-bridge/seeded-random';
vi.setConfig({ testTimeout: 30_000 });

const ids = ['a', 'b', 'c', 'd'];
const users = fc.double({ min: 1e6, max: 2e9, noNaN: true });
const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const looks = fc.record({
  seed: seeds,
  cacheMs: fc.constantFrom(0, 0, 3_000),
  counterBits: fc.constantFrom<32 | 64>(32, 64),
  noiseBitsPerSecond: fc.constantFrom(0, 600, 4_000),
  loss: fc.constantFrom(0, 0.02),
});

/** Agents that answer afresh and always, with advertisements coming in: nothing has to be waited for. */
const atItsBest = (look: { cacheMs: number; loss: number; noiseBitsPerSecond: number }): boolean =>
  look.cacheMs === 0 && look.loss === 0 && look.noiseBitsPerSecond > 0;

function world(
  { seed, ...look }: { seed: number } & Partial<TrafficWorld>,
  more: Partial<TrafficWorld>,
): TrafficWorld {
  return {
    ids,
    holdings: [{ atMs: 0, id: 'a' }],
    users: [{ atMs: 0, bitsPerSecond: 80e6 }],
    noiseBitsPerSecond: 500,
    cacheMs: 0,
    counterBits: 64,
    silent: {},
    loss: 0,
    endMs: 50_000,
    random: seededRandom(seed),
    ...look,
    ...more,
  };
}

/** Changes of the holder, some at once (preemption), some after a time without one (a take-over). */
const holdings = fc
  .array(
    fc.record({
      id: fc.constantFrom(...ids),
      afterMs: fc.integer({ min: 200, max: 15_000 }),
      goneMs: fc.constantFrom(0, 2_500),
    }),
    { maxLength: 6 },
  )
  .map((moves) => {
    let atMs = 0;
    const list: Holding[] = [{ atMs: 0, id: 'a' }];
    for (const { id, afterMs, goneMs } of moves) {
      atMs += afterMs;
      if (goneMs > 0) list.push({ atMs, id: null });
      atMs += goneMs;
      list.push({ atMs, id });
    }
    return list;
  });
const demand = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 100, max: 20_000 }),
      bitsPerSecond: fc.oneof(fc.constant(0), users),
    }),
    {
      maxLength: 5,
    },
  )
  .map((steps) => {
    let atMs = 0;
    return [
      { atMs: 0, bitsPerSecond: 50e6 },
      ...steps.map(({ afterMs, bitsPerSecond }) => ({ atMs: (atMs += afterMs), bitsPerSecond })),
    ];
  });

describe('inference from traffic', () => {
  it('never names a wrong master, nor calls the holder passive, when it is sure', () => {
    fc.assert(
      fc.property(looks, holdings, demand, (look, held, wanted) => {
        const truth = world(look, { holdings: held, users: wanted });
        for (const { id, seen } of watchTraffic(truth).looks) {
          for (const word of seen.witnesses.filter(isUsable)) {
            // The word reaches back from the question by its own age.
            const fromMs = seen.fromMs;
            const holds = word.role === 'master' ? heldWithin : wasWithout;
            expect({ id, role: word.role, true: holds(truth, id, fromMs, seen.toMs) }).toMatchObject({
              true: true,
            });
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names the holder within seconds once users’ traffic flows', () => {
    fc.assert(
      fc.property(looks, users, (look, bitsPerSecond) => {
        const { looks: seen } = watchTraffic(
          world(look, { users: [{ atMs: 0, bitsPerSecond }], endMs: 20_000 }),
        );
        const first = seen.find(({ seen: { role } }) => role === 'master');
        expect(first?.id).toBe('a');
        // A 32-bit counter that wraps restarts the measurement, which costs two polls.
        const atBestMs = look.counterBits === 32 ? 5_500 : 3_500;
        expect(first?.seen.toMs).toBeLessThan(atItsBest(look) ? atBestMs : 12_000);
      }),
    );
  });

  it('says unknown without users’ traffic, and says why', () => {
    fc.assert(
      fc.property(looks, holdings, (look, held) => {
        const { looks: seen, sightings } = watchTraffic(
          world(look, { holdings: held, users: [{ atMs: 0, bitsPerSecond: 0 }] }),
        );
        expect(new Set(seen.map(({ seen: { role } }) => role))).toEqual(new Set(['unknown']));
        expect(sightings).toEqual([]);
        expect(
          seen.some(({ seen: { witnesses } }) => /^Too little traffic/.test(witnesses[0]?.said ?? '')),
        ).toBe(true);
      }),
    );
  });

  it('finds a failover under traffic once, with both true times in its bracket', () => {
    fc.assert(
      fc.property(
        looks,
        users,
        fc.integer({ min: 15_000, max: 18_000 }),
        fc.integer({ min: 2_300, max: 3_600 }),
        fc.boolean(),
        (look, bitsPerSecond, lostMs, takesMs, edgeDies) => {
          const takenMs = lostMs + takesMs;
          const { sightings } = watchTraffic(
            world(look, {
              holdings: [
                { atMs: 0, id: 'a' },
                { atMs: lostMs, id: null },
                { atMs: takenMs, id: 'c' },
              ],
              users: [{ atMs: 0, bitsPerSecond }],
              silent: edgeDies ? { a: { fromMs: lostMs, toMs: Infinity } } : {},
            }),
          );
          expect(sightings.map(({ found }) => found.kind)).toEqual(['failover']);
          const [only] = sightings;
          if (only?.found.kind !== 'failover') throw new Error('a failover');
          const { bracket, gapMs } = only.found;
          expect(only.found).toMatchObject({ fromEdgeId: 'a', toEdgeId: 'c' });
          expect(bracket.lastOldMs).toBeLessThanOrEqual(lostMs);
          expect(bracket.firstNewMs).toBeGreaterThanOrEqual(takenMs - 1);
          expect(gapMs.atLeast).toBeLessThanOrEqual(takesMs + 1);
          expect(gapMs.atMost).toBeGreaterThanOrEqual(takesMs - 1);
          expect(only.atMs - takenMs).toBeLessThan(atItsBest(look) ? 3_000 : 15_000);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never sees two masters when a dead edge comes back and takes the role again', () => {
    fc.assert(
      fc.property(looks, users, fc.integer({ min: 30_000, max: 33_000 }), (look, bitsPerSecond, backMs) => {
        const { sightings } = watchTraffic(
          world(look, {
            holdings: [
              { atMs: 0, id: 'a' },
              { atMs: 15_000, id: null },
              { atMs: 18_000, id: 'c' },
              { atMs: backMs, id: 'a' },
            ],
            users: [{ atMs: 0, bitsPerSecond }],
            silent: { a: { fromMs: 15_000, toMs: backMs } },
            endMs: 60_000,
          }),
        );
        const kinds = sightings.map(({ found }) => found.kind);
        expect(kinds).toHaveLength(2);
        expect(kinds.every((kind) => kind === 'failover' || kind === 'failback')).toBe(true);
      }),
    );
  });
});
