import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ProbeTarget } from '../../../../../domain/inventory/probe-target';
import { UserPath } from '../../../../../domain/cluster/observe/user-path';
import { beginOf, endOf, outageBounds } from '../../../../../domain/cluster/observe/user-outage';
import { seededRandom } from '../../../../fixtures/fake-bridge/seeded-random';
import {
  probeWorld,
  startMs,
  trulyWithoutMs,
  type ServedWorld,
  type TrueOutage,
} from '../../../../fixtures/probe/served-world';

vi.setConfig({ testTimeout: 30_000 });

const target: ProbeTarget = {
  kind: 'tcp',
  address: '10.0.0.10',
  port: 443,
  path: '/',
  intervalMs: 1_000,
  gateway: '10.0.0.1',
  nobody: '10.0.0.0',
};
/** Outages of 0.2 to 40 s, at least 6 s of service between two. */
const outages = fc
  .array(fc.tuple(fc.integer({ min: 6_000, max: 30_000 }), fc.integer({ min: 200, max: 40_000 })), {
    maxLength: 4,
  })
  .map((parts) => {
    let atMs = 5_000;
    return parts.map(([pauseMs, lastsMs]): TrueOutage => {
      const fromMs = atMs + pauseMs;
      atMs = fromMs + lastsMs;
      return { fromMs, toMs: atMs };
    });
  });
const worlds = fc.record({
  outages,
  intervalMs: fc.constantFrom(250, 500, 1_000, 2_000),
  latencyMs: fc.constantFrom<[number, number]>([0.2, 2], [5, 40], [60, 180], [150, 240]),
  loss: fc.constantFrom(0, 0.01, 0.1),
  refuses: fc.boolean(),
  random: fc.integer({ min: 0, max: 2 ** 31 }).map(seededRandom),
});

function observed(world: ServedWorld) {
  const endMs = (world.outages.at(-1)?.toMs ?? 5_000) + 10_000;
  const path = new UserPath({ ...target, intervalMs: world.intervalMs });
  return { path, results: probeWorld(world, endMs) };
}

describe('the path of users', () => {
  it('holds every true outage within its bounds, and reports no other', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { path, results } = observed(world);
        for (const result of results) {
          path.seePath(result.startedMonotonicMs);
          const { ended } = path.observe(result);
          if (!ended) continue;
          const [begin, end] = [beginOf(ended), endOf(ended)];
          const truth = trulyWithoutMs(world.outages, begin.lastOldMs - startMs, end.firstNewMs - startMs);
          const { atLeast, atMost } = outageBounds(ended);
          expect(truth).toBeGreaterThan(0);
          expect(truth).toBeGreaterThanOrEqual(atLeast);
          expect(truth).toBeLessThanOrEqual(atMost);
        }
      }),
    );
  });

  it('reports every outage that is longer than an interval and a few time-outs', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { path, results } = observed(world);
        const reported = results.flatMap((result) => {
          path.seePath(result.startedMonotonicMs);
          return path.observe(result).ended ?? [];
        });
        const long = world.outages.filter(({ fromMs, toMs }) => toMs - fromMs > world.intervalMs + 4 * 800);
        for (const { fromMs, toMs } of long) {
          const found = reported.some(
            (one) => beginOf(one).lastOldMs - startMs <= fromMs && endOf(one).firstNewMs - startMs >= toMs,
          );
          expect(found).toBe(true);
        }
      }),
    );
  });

  it('bounds the gap around any change, and knows none before it is over', () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0.1, max: 1, noNaN: true }), (world, place) => {
        const { path, results } = observed(world);
        const atMs = Math.round((results.at(-1)?.startedMonotonicMs ?? 0) * place);
        const change = { lastOldMs: startMs + atMs - 800, firstNewMs: startMs + atMs };
        for (const result of results) {
          path.seePath(result.startedMonotonicMs);
          path.observe(result);
          const gap = result.startedMonotonicMs < atMs ? null : path.gapAround(change);
          if (gap === null) continue;
          // Whatever outage was under way at some instant of the change.
          const around = world.outages.filter(
            (one) => one.fromMs <= atMs && one.toMs >= atMs - 800 && one.toMs < result.startedMonotonicMs,
          );
          const truth = around.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
          expect(gap.atMost).toBeGreaterThanOrEqual(truth);
          expect(gap.atLeast).toBeLessThanOrEqual(trulyWithoutMs(world.outages, 0, Infinity));
          return;
        }
      }),
    );
  });

  it('says that users are not served only while they are not', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { path, results } = observed(world);
        for (const result of results) {
          path.seePath(result.startedMonotonicMs);
          path.observe(result);
          const { state } = path;
          if (state.kind !== 'not-served') continue;
          const { lastOldMs } = state.since;
          const toMs = result.finishedMonotonicMs;
          expect(trulyWithoutMs(world.outages, lastOldMs - startMs, toMs)).toBeGreaterThan(0);
        }
      }),
    );
  });
});
